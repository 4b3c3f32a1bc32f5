import type { VNode } from 'preact'
import { LinkButton } from '../../ui/button'
import { DoorPage, type DoorTexts } from '../pages/door-page'

/** Signed out here; the browser goes on by itself, or the person does, to sign out at the provider, too. */
export const farewellPage = (texts: DoorTexts, address: string): VNode => {
  const { t } = texts.staffTexts
  return (
    <DoorPage texts={texts} title={t('desk.farewell.title')}>
      <p>{t('desk.farewell.lead')}</p>
      <div class="next">
        <LinkButton href={address}>{t('desk.farewell.button')}</LinkButton>
      </div>
    </DoorPage>
  )
}
