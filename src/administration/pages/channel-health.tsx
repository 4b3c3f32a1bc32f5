import type { StaffTranslator } from '../../platform/i18n/translator'
import type { ChannelHealth } from '../../message/channel-watch-store'
import { Icon } from '../../ui/icons'
import { whenText } from './when'

interface Part {
  texts: StaffTranslator
  health: ChannelHealth
  timeZone: string
}

type Verdict = 'works' | 'down' | 'nobody' | 'late'

/** A message that is due leaves within seconds; after this long something is wrong. */
const lateMinutes = 10

export const verdictOf = ({ workers, pausedUntil, oldestDueAt }: ChannelHealth, now: Date): Verdict => {
  if (workers === 0) return 'nobody'
  if (pausedUntil) return 'down'
  const waited = oldestDueAt ? now.getTime() - oldestDueAt.getTime() : 0
  return waited > lateMinutes * 60_000 ? 'late' : 'works'
}

/** How one channel fares: what it is connected to, when it last worked, and what waits. */
export const ChannelCard = ({ texts, health, timeZone, now }: Part & { now: Date }) => {
  const { t } = texts
  const verdict = verdictOf(health, now)
  const { channel, provider, lastSuccessAt, due, oldestDueAt, taken, refused, retrying } = health
  return (
    <section
      class="card channel"
      aria-labelledby={`kanal-${channel}`}
      data-channel={channel}
      data-verdict={verdict}
    >
      <h2 id={`kanal-${channel}`}>
        {t(`messages.channel.${channel}`)}
        <span class={verdict === 'works' ? 'st st-ok' : 'st st-bad'}>
          <Icon name={verdict === 'works' ? 'done' : 'alert'} size={20} />
          {t(`messages.channel.${verdict}`)}
        </span>
      </h2>
      <dl class="kv">
        <dt>{t('messages.channel.provider')}</dt>
        <dd>{provider ?? '–'}</dd>
        <dt>{t('messages.channel.last')}</dt>
        <dd>{lastSuccessAt ? whenText(lastSuccessAt, timeZone) : '–'}</dd>
        <dt>{t('messages.channel.day')}</dt>
        <dd>
          {t('messages.channel.day.counts', { taken, refused })}
          {taken + refused > 0 && ` (${t('messages.channel.rate', { share: refused / (taken + refused) })})`}
        </dd>
        <dt>{t('messages.channel.queue')}</dt>
        <dd>
          {due === 0 ? t('messages.channel.due.none') : t('messages.channel.due', { n: due })}
          {oldestDueAt && `, ${t('messages.channel.oldest', { when: whenText(oldestDueAt, timeZone) })}`}
          {retrying > 0 && `, ${t('messages.channel.retrying', { n: retrying })}`}
        </dd>
      </dl>
      {verdict !== 'works' && <p class="small">{t(`messages.channel.${verdict}.fix`)}</p>}
    </section>
  )
}
