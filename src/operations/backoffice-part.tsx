import type { countOpenEntries, EndpointStanding } from '../backoffice/read-standing'
import type { StaffTranslator } from '../platform/i18n/translator'
import { backofficePath } from '../staff/staff-places'
import { agoWords } from './ages'
import type { OperationsNotice, OperationsPart } from './operations-part'
import { Facts } from './pages/facts'

interface Read {
  endpoints: readonly EndpointStanding[]
  entries: Awaited<ReturnType<typeof countOpenEntries>>
  now: Date
}

/** An entry that waits for so long was not taken at the first tries either. */
const longestWaitMilliseconds = 60 * 60_000

/** Whether the institution's other systems take what was settled in visits. */
export function backofficePart(
  texts: StaffTranslator,
  { endpoints, entries, now }: Read,
): Omit<OperationsPart, 'id' | 'title'> {
  const { t } = texts
  const { open, failed, unrouted, oldest } = entries
  const link = { path: backofficePath, text: t('admin.outbox') }
  const isLate = oldest !== null && now.getTime() - oldest.getTime() > longestWaitMilliseconds
  const told = failed > 0 ? ('failed' as const) : unrouted > 0 ? ('unrouted' as const) : ('late' as const)
  const counts = { failed, unrouted, late: open }
  const notices: OperationsNotice[] =
    isLate || failed > 0 || unrouted > 0
      ? [{ tone: 'bad', text: t(`ops.backoffice.${told}`, { n: counts[told] }), link }]
      : []
  return {
    notices,
    details: (
      <Facts
        rows={[
          [t('ops.backoffice.endpoints'), String(endpoints.length)],
          [t('ops.backoffice.open'), String(open)],
          [t('ops.backoffice.oldest'), oldest ? agoWords(texts, oldest, now) : '–'],
        ]}
      />
    ),
  }
}
