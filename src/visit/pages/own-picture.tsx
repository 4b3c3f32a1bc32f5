import { meetingIds } from '../../contract/meeting-boot'
import type { Translator } from '../../platform/i18n/translator'

/** Own picture and sound level; brought to life by the page's script. `demo` offers a test picture. */
export const OwnPicture = ({ t: { t }, demo }: { t: Translator; demo: boolean }) => (
  <>
    <div id={meetingIds.problem} role="alert" hidden />
    <div id={meetingIds.ownPicture} class="cam">
      <video id={meetingIds.ownVideo} aria-label={t('device.preview.label')} muted playsInline />
      <p id={meetingIds.ownNote} role="status">
        {t('meet.previewOff')}
      </p>
    </div>
    <meter id={meetingIds.level} min="0" max="1" aria-label={t('device.microphone.name')} hidden />
    <p id={meetingIds.levelNote} class="small" role="status" />
    <div class="btns">
      <button id={meetingIds.allow} type="button" class="btn">
        {t('meet.allow')}
      </button>
      {demo && (
        <button id={meetingIds.testPicture} type="button" class="quiet">
          {t('meet.testPicture')}
        </button>
      )}
    </div>
    {demo && <p class="muted small">{t('meet.testPicture.note')}</p>}
  </>
)
