import type { Directory } from '../../institution/directory'
import { DeliveryError } from '../../message/delivery'
import { defaultRetryPolicy, retrySeconds } from '../../message/retry-policy'
import type { Mailer } from '../../message/smtp-mailer'
import type { Clock } from '../../platform/clock'
import type { Db } from '../../platform/db'
import type { StaffTranslator } from '../../platform/i18n/translator'
import type { Keys } from '../../platform/keys'
import type { Logger } from '../../platform/logger'
import { staffLinkUrl } from '../link/staff-link'
import { staffMailContent } from './staff-mail-content'
import { claimStaffMail, type DueStaffMail, recordStaffMail, type StaffMailOutcome } from './staff-mail-store'

/** Sends the e-mails to the staff. Any number of processes may run one. */
export interface StaffMailSender {
  start(): void
  /** Looks at due e-mails now instead of within seconds. */
  wake(): void
  /** Resolves when what is in the air has ended; what is left is sent when its lease runs out. */
  stop(): Promise<void>
}

interface SenderParts {
  db: Db
  clock: Clock
  keys: Keys
  log: Logger
  directory: Directory
  staffTexts: StaffTranslator
  publicUrl: string
  mailer: Mailer
  pollMilliseconds?: number
}

const atOnce = 4
const sendMilliseconds = 30_000
/** Longer than a batch can take. */
const leaseMilliseconds = 60_000

export function createStaffMailSender(parts: SenderParts): StaffMailSender {
  const { db, clock, log, pollMilliseconds = 2000 } = parts
  let poll: NodeJS.Timeout | undefined
  let working: Promise<void> | undefined
  let again = false

  const sendDue = async () => {
    for (;;) {
      const now = clock.now()
      const leaseUntil = new Date(now.getTime() + leaseMilliseconds)
      const claimed = await claimStaffMail(db, { limit: atOnce, now, leaseUntil })
      await Promise.all(
        claimed.map(async (mail) => recordStaffMail(db, await deliver(parts, mail), clock.now())),
      )
      if (claimed.length < atOnce || poll === undefined) return
    }
  }
  const wake = () => {
    if (poll === undefined) return
    again = true
    working ??= (async () => {
      while (again) {
        again = false
        await sendDue().catch((error: unknown) => log.warn({ error }, 'staff mail was not looked at'))
      }
    })().finally(() => {
      working = undefined
    })
  }
  return {
    start: () => {
      poll ??= setInterval(wake, pollMilliseconds)
      wake()
    },
    wake,
    stop: async () => {
      clearInterval(poll)
      poll = undefined
      await working
    },
  }
}

/** Sends one e-mail and says what became of it. */
async function deliver(parts: SenderParts, mail: DueStaffMail): Promise<StaffMailOutcome> {
  const { clock, log } = parts
  const now = clock.now()
  const { id, attempt } = mail
  const hasNoUse = now >= mail.uselessAfter || (carriesLink(mail) && mail.linkId === null)
  if (hasNoUse) return { id, attempt, attempts: attempt, state: 'expired' }
  try {
    const { providerId } = await send(parts, mail)
    return { id, attempt, attempts: attempt, state: 'sent', providerId }
  } catch (error) {
    const { message, permanent, outage } =
      error instanceof DeliveryError
        ? error
        : new DeliveryError(`not rendered: ${error instanceof Error ? error.name : 'unknown'}`, {
            permanent: true,
          })
    const isDead = permanent || (!outage && attempt >= defaultRetryPolicy.maxAttempts)
    log.warn({ mail: id, kind: mail.kind, attempt, error: message, dead: isDead }, 'staff mail was not taken')
    if (isDead) return { id, attempt, attempts: attempt, state: 'dead', error: message }
    const seconds = retrySeconds(defaultRetryPolicy, attempt, outage, Math.random())
    const dueAt = new Date(now.getTime() + seconds * 1000)
    return { id, attempt, attempts: outage ? attempt - 1 : attempt, state: 'queued', dueAt, error: message }
  }
}

const carriesLink = ({ kind }: DueStaffMail) => kind === 'invitation' || kind === 'reset'

function send({ mailer, directory, staffTexts, keys, publicUrl }: SenderParts, mail: DueStaffMail) {
  const { institution } = directory
  const url =
    mail.linkId === null ? `${publicUrl}/pracownik/konto` : staffLinkUrl(publicUrl, keys, mail.linkId)
  return mailer.send(
    {
      // The same at each try: whoever receives it twice can tell
      messageId: `<${mail.id}@${new URL(publicUrl).hostname}>`,
      to: mail.email,
      fromName: institution.texts.pl.name,
      ...staffMailContent(staffTexts, institution, { kind: mail.kind, name: mail.name, url }),
    },
    AbortSignal.timeout(sendMilliseconds),
  )
}
