import { DeliveryError } from '../message/delivery'
import type { SmsProvider } from '../message/sms-channel'
import type { StaffTranslator } from '../platform/i18n/translator'
import { Icon } from '../ui/icons'
import { agoWords } from './ages'
import { Facts } from './pages/facts'
import type { OperationsNotice, OperationsPart } from './operations-part'
import type { SmsReports } from './read-queue'

const patienceMilliseconds = 3000
/** With fewer points left it is time to pay. */
const littleCredit = 100

type Standing = { ok: true; credit: number | null } | { ok: false; code: string }

async function askProvider(provider: SmsProvider): Promise<Standing | undefined> {
  if (!provider.standing) return undefined
  try {
    return { ok: true, ...(await provider.standing(AbortSignal.timeout(patienceMilliseconds))) }
  } catch (error) {
    return { ok: false, code: error instanceof DeliveryError ? error.message : String(error) }
  }
}

/** Whether SMS would be taken, whether there is credit for them, and what became of the last ones. */
export async function smsPart(
  texts: StaffTranslator,
  provider: SmsProvider,
  { reports, now }: { reports: SmsReports; now: Date },
): Promise<Omit<OperationsPart, 'id' | 'title'>> {
  const { t } = texts
  const standing = await askProvider(provider)
  const credit = standing?.ok ? standing.credit : null
  const notices: OperationsNotice[] = [
    ...(standing ? [] : [{ tone: 'info' as const, text: t('ops.sms.mailbox') }]),
    ...(standing && !standing.ok
      ? [{ tone: 'bad' as const, text: t('ops.sms.bad', { code: standing.code }), fix: t('ops.sms.fix') }]
      : []),
    ...(credit !== null && credit < littleCredit
      ? [
          {
            tone: 'bad' as const,
            text: t('ops.sms.credit.low', { points: credit.toLocaleString('pl-PL') }),
            fix: t('ops.sms.credit.fix'),
          },
        ]
      : []),
    ...(reports.undelivered > reports.delivered
      ? [{ tone: 'bad' as const, text: t('ops.sms.undelivered'), fix: t('ops.sms.undelivered.fix') }]
      : []),
  ]
  return {
    notices,
    details: (
      <>
        {standing?.ok && (
          <p data-sms="works">
            <Icon name="done" size={20} /> {t('ops.sms.works')}
          </p>
        )}
        <Facts
          rows={[
            [t('ops.sms.provider'), provider.name],
            ...(credit === null ? [] : [[t('ops.sms.credit'), credit.toLocaleString('pl-PL')] as const]),
            [
              t('ops.sms.report'),
              reports.last ? agoWords(texts, reports.last, now) : t('ops.sms.report.none'),
            ],
            [
              t('ops.sms.week'),
              t('ops.sms.week.value', { delivered: reports.delivered, undelivered: reports.undelivered }),
            ],
          ]}
        />
      </>
    ),
  }
}
