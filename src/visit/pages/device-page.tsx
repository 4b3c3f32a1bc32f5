import type { VNode } from 'preact'
import { frameOf, type PageContext } from '../../booking/pages/page-context'
import { type DeviceCheckBoot, deviceIds, deviceTextKeys } from '../../contract/device-boot'
import { deviceChecks } from '../../contract/device-check'
import { assetUrl } from '../../ui/assets'
import { PublicFrame } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { countedOf, textsOf } from '../boot-texts'
import { BootScript } from './boot-script'

export interface DeviceView {
  addresses: DeviceCheckBoot['addresses']
  demo: boolean
  /** Back to the meeting; null for somebody without a visit. */
  onward: string | null
}

/** The device check, alone or before a visit: one press, about twenty seconds, each finding with its remedy. */
export const devicePage = (page: PageContext, view: DeviceView): VNode => {
  const { t } = page.t
  const boot: DeviceCheckBoot = {
    texts: textsOf(t, deviceTextKeys),
    counted: countedOf(t, ['device.result.warning.body'], deviceChecks.length),
    needed: page.directory.institution.settings.device,
    addresses: view.addresses,
    demo: view.demo,
  }
  return (
    <PublicFrame
      {...frameOf(page)}
      title={t('device.title')}
      scripts={[assetUrl('device-check.js')]}
      aside={<HelpBox page={page} />}
    >
      <h1 class="q">{t('device.title')}</h1>
      <noscript>
        <Notice kind="caution">
          <p>{t('ui.noScript.visit')}</p>
        </Notice>
      </noscript>
      <div id={deviceIds.verdict} role="status" />
      <p>{t('device.lead')}</p>
      <p class="muted">{t('device.privacy')}</p>
      <div class="cam">
        <video id={deviceIds.ownVideo} aria-label={t('device.preview.label')} muted playsInline />
        <p id={deviceIds.ownNote}>{t('device.permission.before')}</p>
      </div>
      <p id={deviceIds.prompt} class="prompt" role="status" />
      <progress id={deviceIds.progress} max="1" aria-label={t('device.verdict.running')} hidden />
      <h2 id={deviceIds.resultsTitle} class="q" hidden>
        {t('device.results')}
      </h2>
      <ul id={deviceIds.results} class="checks" />
      <div id={deviceIds.devices}>
        <p hidden>
          <label for={deviceIds.cameras}>{t('device.choose.camera')}</label>
          <select id={deviceIds.cameras} class="in" />
        </p>
        <p hidden>
          <label for={deviceIds.microphones}>{t('device.choose.microphone')}</label>
          <select id={deviceIds.microphones} class="in" />
        </p>
      </div>
      <p id={deviceIds.kept} class="small" role="status" />
      <div class="btns">
        <button id={deviceIds.start} type="button" class="btn">
          {t('device.start')}
        </button>
        {view.onward !== null && (
          <a id={deviceIds.onward} class="quiet" href={view.onward}>
            {t('device.continueAnyway')}
          </a>
        )}
        {view.demo && (
          <button id={deviceIds.testPicture} type="button" class="quiet">
            {t('meet.testPicture')}
          </button>
        )}
      </div>
      <BootScript boot={boot} />
    </PublicFrame>
  )
}

const HelpBox = ({ page }: { page: PageContext }) => {
  const { t } = page.t
  const { institution } = page.directory
  return (
    <aside class="aside">
      <div class="box">
        <h2>{t('device.help.title')}</h2>
        <p class="small">{t('device.help.body')}</p>
        <p>
          <a class="phone nowrap" href={`tel:${institution.phoneE164}`}>
            {institution.texts[page.language].phone}
          </a>
        </p>
      </div>
    </aside>
  )
}
