import type { VNode } from 'preact'
import { Button } from '../../ui/button'
import { HiddenFields } from '../../ui/hidden-fields'
import { DoorPage, type DoorTexts } from '../pages/door-page'

/** Signed out here; a script, or the person, sends the form that signs out at the provider, too. */
export const farewellPage = (
  texts: DoorTexts,
  { action, fields }: { action: string; fields: Readonly<Record<string, string>> },
): VNode => {
  const { t } = texts.staffTexts
  return (
    <DoorPage texts={texts} title={t('desk.farewell.title')} passkeys>
      <p>{t('desk.farewell.lead')}</p>
      <form action={action} method="post" data-send-at-once>
        <HiddenFields values={fields} />
        <div class="next">
          <Button>{t('desk.farewell.button')}</Button>
        </div>
      </form>
    </DoorPage>
  )
}
