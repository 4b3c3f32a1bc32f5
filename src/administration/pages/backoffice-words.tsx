import type { StaffTranslator } from '../../platform/i18n/translator'
import type { DeliveryState, ListedDelivery } from '../../backoffice/find-deliveries'
import type { Endpoint } from '../../backoffice/endpoint'
import type { EntryKind } from '../../backoffice/entry-kind'
import type { WebhookError } from '../../backoffice/webhook-failure'

export const kindText = ({ t }: StaffTranslator, kind: EntryKind | null): string =>
  t(kind === null ? 'backoffice.kind.test' : `backoffice.kind.${kind}`)

const deliveryTags: Record<DeliveryState, string> = {
  queued: 'tag tag-wait',
  sending: 'tag tag-info',
  delivered: 'tag tag-ok',
  failed: 'tag tag-bad',
  withdrawn: 'tag tag-open',
}

export const DeliveryTag = ({ texts: { t }, state }: { texts: StaffTranslator; state: DeliveryState }) => (
  <span class={deliveryTags[state]}>{t(`backoffice.delivery.${state}`)}</span>
)

export const EndpointTag = ({
  texts: { t },
  endpoint: { pausedBy },
}: {
  texts: StaffTranslator
  endpoint: Pick<Endpoint, 'pausedBy'>
}) =>
  pausedBy === null ? (
    <span class="tag tag-ok">{t('backoffice.endpoint.active')}</span>
  ) : (
    <span class={pausedBy === 'gone' ? 'tag tag-bad' : 'tag tag-wait'}>
      {t(`backoffice.endpoint.paused.${pausedBy}`)}
    </span>
  )

/** What a try came to: 'HTTP 500', or why nothing was answered. */
export const resultText = (
  { t }: StaffTranslator,
  { status, error }: { status: number | null; error: WebhookError | null },
): string => {
  if (status !== null) return t('backoffice.result.status', { status })
  return error === null ? '–' : t(`backoffice.error.${error}`)
}

/** The host alone: the path of an address may be a secret. */
export const hostText = (url: string): string => new URL(url).host

/** Whether a person may send it again: test events are sent anew instead. */
export const mayReplay = ({ state, entryId }: ListedDelivery): boolean =>
  entryId !== null && (state === 'queued' || state === 'failed' || state === 'delivered')
