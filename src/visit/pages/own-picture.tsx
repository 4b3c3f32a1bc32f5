import { deviceIds } from '../../contract/device-boot'
import type { Translator } from '../../platform/i18n/translator'

/** Own picture and sound level; brought to life by the page's script. `demo` offers a test picture. */
export const OwnPicture = ({ t: { t }, demo }: { t: Translator; demo: boolean }) => (
  <>
    <div id={deviceIds.problem} role="alert" hidden />
    <div id={deviceIds.ownPicture} class="cam">
      <video id={deviceIds.ownVideo} aria-label={t('device.preview.label')} muted playsInline />
      <p id={deviceIds.ownNote} role="status">
        {t('meet.previewOff')}
      </p>
    </div>
    <meter id={deviceIds.level} min="0" max="1" aria-label={t('device.microphone.name')} hidden />
    <p id={deviceIds.levelNote} class="small" role="status" />
    <div class="btns">
      <button id={deviceIds.allow} type="button" class="btn">
        {t('meet.allow')}
      </button>
      {demo && (
        <button id={deviceIds.testPicture} type="button" class="quiet">
          {t('meet.testPicture')}
        </button>
      )}
    </div>
    {demo && <p class="muted small">{t('meet.testPicture.note')}</p>}
  </>
)
