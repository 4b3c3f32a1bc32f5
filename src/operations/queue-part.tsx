import { messagePolicy, nextSmsInstant } from '../message/message-plan'
import type { Institution } from '../institution/directory'
import type { StaffTranslator } from '../platform/i18n/translator'
import { agoWords } from './ages'
import { isLate } from './cron-period'
import type { OperationsNotice, OperationsPart } from './operations-part'
import { Facts } from './pages/facts'
import type { ChannelQueue, JobStanding } from './read-queue'
import type { About } from './versions-part'

/** A message that is due for so long is not being sent. */
const longestWaitMilliseconds = 15 * 60_000

interface Read {
  queue: readonly ChannelQueue[]
  jobs: readonly JobStanding[]
  now: Date
  institution: Pick<Institution, 'timeZone' | 'settings'>
}

/** Whether messages leave and jobs run. */
export function queuePart(
  texts: StaffTranslator,
  about: Pick<About, 'jobs'>,
  { queue, jobs, now, institution }: Read,
): Omit<OperationsPart, 'id' | 'title'> {
  const { t } = texts
  const stuck = queue.filter((channel) => isStuck(channel, now, institution))
  const dead = queue.reduce((sum, channel) => sum + channel.dead, 0)
  const standings = about.jobs.map(({ name, cron }) => ({
    name,
    cron,
    ...(jobs.find((job) => job.name === name) ?? { lastRun: null, attempts: 0 }),
  }))
  const late = standings.filter(({ cron, lastRun }) => isLate(cron, lastRun, now))
  const failing = standings.filter(({ attempts }) => attempts > 0)
  const hasNeverRun = jobs.length === 0
  const notices: OperationsNotice[] = [
    ...stuck.map(({ channel, oldestDue }): OperationsNotice => ({
      tone: 'bad',
      text: t('ops.queue.stuck', {
        channel: t(`ops.channel.${channel}`),
        ago: agoWords(texts, oldestDue ?? now, now),
      }),
      fix: t('ops.queue.stuck.fix'),
    })),
    ...(dead > 0
      ? [{ tone: 'bad' as const, text: t('ops.queue.dead', { n: dead }), fix: t('ops.queue.dead.fix') }]
      : []),
    ...(hasNeverRun
      ? [{ tone: 'bad' as const, text: t('ops.jobs.never'), fix: t('ops.queue.stuck.fix') }]
      : []),
    ...(late.length > 0
      ? [
          {
            tone: 'bad' as const,
            text: t('ops.jobs.late', { names: late.map(({ name }) => name).join(', ') }),
            fix: t('ops.queue.stuck.fix'),
          },
        ]
      : []),
    ...(failing.length > 0
      ? [
          {
            tone: 'bad' as const,
            text: t('ops.jobs.failing', { names: failing.map(({ name }) => name).join(', ') }),
            fix: t('ops.jobs.failing.fix'),
          },
        ]
      : []),
  ]
  const ago = (then: Date | null) => (then ? agoWords(texts, then, now) : '–')
  return {
    notices,
    details: (
      <>
        <div class="ops-scroll">
          <table class="t">
            <thead>
              <tr>
                <th scope="col">{t('ops.queue.channel')}</th>
                <th scope="col" class="num">
                  {t('ops.queue.due')}
                </th>
                <th scope="col">{t('ops.queue.oldest')}</th>
                <th scope="col" class="num">
                  {t('ops.queue.deadCount')}
                </th>
                <th scope="col">{t('ops.queue.last')}</th>
              </tr>
            </thead>
            <tbody>
              {queue.map(({ channel, due, oldestDue, dead: given, lastSent }) => (
                <tr key={channel} data-queue={channel}>
                  <th scope="row">{t(`ops.channel.${channel}`)}</th>
                  <td class="num">{due}</td>
                  <td>{ago(oldestDue)}</td>
                  <td class="num">{given}</td>
                  <td>{ago(lastSent)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <details class="ops-jobs">
          <summary>{t('ops.jobs.all', { n: standings.length })}</summary>
          <Facts rows={standings.map(({ name, lastRun }) => [name, ago(lastRun)] as const)} />
        </details>
      </>
    ),
  }
}

/** SMS wait for the morning: they are late once they could have gone out for a while. */
function isStuck(
  { channel, oldestDue }: ChannelQueue,
  now: Date,
  { timeZone, settings }: Read['institution'],
): boolean {
  if (!oldestDue) return false
  const policy = messagePolicy(settings)
  const opens = channel === 'sms' ? nextSmsInstant(oldestDue, { timeZone, policy }) : oldestDue
  if (channel === 'sms' && nextSmsInstant(now, { timeZone, policy }) > now) return false
  return now.getTime() - opens.getTime() > longestWaitMilliseconds
}
