import type { VNode } from 'preact'
import { frameOf, type PageContext } from '../../booking/pages/page-context'
import { type DevicePreviewBoot, deviceTextKeys } from '../../contract/device-boot'
import { assetUrl } from '../../ui/assets'
import { PublicFrame } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { textsOf } from '../boot-texts'
import { BootScript } from './boot-script'
import { OwnPicture } from './own-picture'

/** Own picture and sound level, without a booking; nothing leaves the device. */
export const devicePage = (page: PageContext, demo: boolean): VNode => {
  const { t } = page.t
  const boot: DevicePreviewBoot = { texts: textsOf(t, deviceTextKeys), counted: {}, demo }
  return (
    <PublicFrame {...frameOf(page)} title={t('device.title')} scripts={[assetUrl('device-preview.js')]}>
      <h1 class="q">{t('device.title')}</h1>
      <noscript>
        <Notice kind="caution">
          <p>{t('ui.noScript.visit')}</p>
        </Notice>
      </noscript>
      <p>{t('device.privacy')}</p>
      <OwnPicture t={page.t} demo={demo} />
      <BootScript boot={boot} />
    </PublicFrame>
  )
}
