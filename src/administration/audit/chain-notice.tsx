import { auditPath } from '../../staff/staff-places'
import { Icon } from '../../ui/icons'
import { grouped } from '../../platform/i18n/numbers'
import type { Part } from './shown-audit'
import { whenWords } from './audit-words'

/** Whether the record is whole: until where it is sealed, what the last verification said, and a new one. */
export const ChainNotice = ({ page, shown: { chain, timeZone } }: Part) => {
  const { t } = page.staffTexts
  const { lastSealed, askedAt, verified } = chain
  const isBroken = verified !== null && verified.brokenAt !== null
  return (
    <div
      class={`n chain ${isBroken ? 'n-bad' : verified ? 'n-ok' : ''}`}
      role={isBroken ? 'alert' : undefined}
    >
      <Icon name={isBroken ? 'alert' : verified ? 'done' : 'info'} size={20} />
      <div>
        {isBroken ? (
          <p>
            <b>{t('audit.chain.broken', { position: grouped(verified.brokenAt ?? 0) })}</b>{' '}
            {t(`audit.chain.why.${brokenWhy(verified.why)}`)} {t('audit.chain.broken.todo')}
          </p>
        ) : (
          <p>
            {verified
              ? t('audit.chain.whole', { at: whenWords(verified.at, timeZone), n: verified.entries })
              : t('audit.chain.neverVerified')}
          </p>
        )}
        <p class="small muted">
          {lastSealed
            ? t('audit.chain.sealed', {
                position: grouped(lastSealed.position),
                at: whenWords(lastSealed.at, timeZone),
              })
            : t('audit.chain.empty')}
        </p>
      </div>
      <span class="grow" />
      {askedAt ? (
        <p role="status">{t('audit.chain.asked', { at: whenWords(askedAt, timeZone) })}</p>
      ) : (
        <form method="post" action={`${auditPath}/sprawdz`}>
          <button class="b">{t('audit.chain.verify')}</button>
        </form>
      )}
    </div>
  )
}

const brokenReasons = ['seal_missing', 'entry_missing', 'entry_changed', 'end_missing', 'cut_forged'] as const
const brokenWhy = (why: string | null) => brokenReasons.find((one) => one === why) ?? 'entry_changed'
