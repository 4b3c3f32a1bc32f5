import parsePhoneNumber from 'libphonenumber-js/max'
import type { Party } from '../contract/visit-state'
import type { InstitutionSettings } from '../institution/institution-data'
import { addDays, dayOf, instantAt } from '../platform/zone'

/** Everything the service ever sends; a kind goes out through one channel. */
export const channelOf = {
  booked: 'email',
  reminder_sms: 'sms',
  reminder_email: 'email',
  moved: 'email',
  moved_sms: 'sms',
  offer: 'email',
  offer_sms: 'sms',
  offer_reminder: 'email',
  cancelled_by_client: 'email',
  cancelled_by_institution: 'email',
  cancelled_by_institution_sms: 'sms',
  missed: 'email',
  ended: 'email',
  number: 'email',
} as const
export type MessageKind = keyof typeof channelOf
export type ChannelName = (typeof channelOf)[MessageKind]

/** Kinds still waiting to be sent that nobody needs once the visit has another time, or is over. */
export const obsoleteOnceMoved = [
  ...['reminder_sms', 'reminder_email', 'moved', 'moved_sms'],
  ...['offer', 'offer_sms', 'offer_reminder'],
] as const satisfies readonly MessageKind[]
export const obsoleteOnceOver = [...obsoleteOnceMoved, 'booked'] as const satisfies readonly MessageKind[]

/** What has happened and stays so: worth reading whatever the time of the visit. */
export const newsKinds: ReadonlySet<MessageKind> = new Set([
  ...(['cancelled_by_client', 'cancelled_by_institution', 'missed', 'ended', 'number'] as const),
])

export interface PlannedMessage {
  kind: MessageKind
  channel: ChannelName
  dueAt: Date
  /** From this instant on the message helps nobody and is not sent any more. */
  uselessAfter: Date
}

/** When messages go out. Clock times are the institution's. */
export interface MessagePolicy {
  /** The day before the visit. */
  smsReminderAt: string
  emailReminderMinutesBefore: number
  /** No SMS before and none from then on (product.md: nobody is woken). */
  smsFrom: string
  smsUntil: string
  /** A late client may still join, so a late link still helps. */
  linkUsefulMinutesAfterStart: number
  /** How long news (cancelled, missed, numbers asked for) are worth sending. */
  newsUsefulHours: number
}

export const defaultMessagePolicy: MessagePolicy = {
  smsReminderAt: '10:00',
  emailReminderMinutesBefore: 60,
  smsFrom: '08:00',
  smsUntil: '20:00',
  linkUsefulMinutesAfterStart: 15,
  newsUsefulHours: 72,
}

/**
 * The policy with an institution's own times.
 * @throws for an SMS on another day than the one before: its text says "tomorrow"
 */
export function messagePolicy({
  reminderSms,
  reminderEmailMinutesBefore,
}: Pick<InstitutionSettings, 'reminderSms' | 'reminderEmailMinutesBefore'>): MessagePolicy {
  if (reminderSms.daysBefore !== 1) throw new Error('The SMS reminder can only go out the day before')
  return {
    ...defaultMessagePolicy,
    smsReminderAt: reminderSms.at,
    emailReminderMinutesBefore: reminderEmailMinutesBefore,
  }
}

/** What a plan is made from, besides the visit. */
interface PlanningTime {
  now: Date
  timeZone: string
  policy: MessagePolicy
}

/** `phone` is E.164. */
interface PlannedVisit {
  startsAt: Date
  phone: string
}

const minute = 60_000
const later = (instant: Date, minutes: number): Date => new Date(instant.getTime() + minutes * minute)

/** The first instant from `from` on at which an SMS may go out. */
export function nextSmsInstant(from: Date, { timeZone, policy }: Omit<PlanningTime, 'now'>): Date {
  const day = dayOf(from, timeZone)
  const opens = instantAt(day, policy.smsFrom, timeZone)
  if (from < opens) return opens
  const closes = instantAt(day, policy.smsUntil, timeZone)
  return from < closes ? from : instantAt(addDays(day, 1), policy.smsFrom, timeZone)
}

/** Whether the number (E.164) belongs to a phone that receives SMS; a number of unknown kind does not. */
export function canReceiveSms(phone: string): boolean {
  const type = parsePhoneNumber(phone)?.getType()
  return type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE'
}

const plan = (kind: MessageKind, dueAt: Date, uselessAfter: Date): PlannedMessage => ({
  kind,
  channel: channelOf[kind],
  dueAt,
  uselessAfter,
})

const planSms = (
  kind: MessageKind,
  phone: string,
  wanted: Date,
  uselessAfter: Date,
  time: PlanningTime,
): PlannedMessage[] => {
  const dueAt = nextSmsInstant(wanted < time.now ? time.now : wanted, time)
  return dueAt < uselessAfter && canReceiveSms(phone) ? [plan(kind, dueAt, uselessAfter)] : []
}

const emailReminderAt = (startsAt: Date, policy: MessagePolicy) =>
  later(startsAt, -policy.emailReminderMinutesBefore)

/**
 * The SMS helps only while the e-mail it announces is still ahead; inside its window it goes out at once.
 * The e-mail reminder is left out when the visit is closer than its time: the message that causes this
 * plan (confirmation or new time) carries the same link at the same moment.
 */
function planReminders(visit: PlannedVisit, time: PlanningTime): PlannedMessage[] {
  const { now, timeZone, policy } = time
  const byEmail = emailReminderAt(visit.startsAt, policy)
  if (now >= byEmail) return []
  const dayBefore = addDays(dayOf(visit.startsAt, timeZone), -1)
  const bySms = instantAt(dayBefore, policy.smsReminderAt, timeZone)
  return [
    ...planSms('reminder_sms', visit.phone, bySms, byEmail, time),
    plan('reminder_email', byEmail, visit.startsAt),
  ]
}

const linkUselessAfter = (startsAt: Date, policy: MessagePolicy) =>
  later(startsAt, policy.linkUsefulMinutesAfterStart)

const planNews = (kind: MessageKind, { now, policy }: PlanningTime): PlannedMessage =>
  plan(kind, now, later(now, policy.newsUsefulHours * 60))

/** Confirmation at once and both reminders, as far as they still help. */
export const planBooked = (visit: PlannedVisit, time: PlanningTime): PlannedMessage[] => [
  plan('booked', time.now, linkUselessAfter(visit.startsAt, time.policy)),
  ...planReminders(visit, time),
]

/** The new time by e-mail, when the institution moved it also by SMS, and the reminders anew. */
export function planMoved(visit: PlannedVisit, by: Party, time: PlanningTime): PlannedMessage[] {
  const news = plan('moved', time.now, linkUselessAfter(visit.startsAt, time.policy))
  const reminders = planReminders(visit, time)
  if (by === 'client') return [news, ...reminders]
  const [sms] = planSms('moved_sms', visit.phone, time.now, visit.startsAt, time)
  if (!sms) return [news, ...reminders]
  // Two SMS about the same visit in the same minute would be one too many
  const spaced = reminders.filter(({ kind, dueAt }) => kind !== 'reminder_sms' || dueAt > sms.dueAt)
  return [news, sms, ...spaced]
}

/** The client is asked to choose another time until `until`, and once more when half of that has passed. */
export function planOffered(visit: PlannedVisit, until: Date, time: PlanningTime): PlannedMessage[] {
  const half = new Date((time.now.getTime() + until.getTime()) / 2)
  return [
    plan('offer', time.now, until),
    ...planSms('offer_sms', visit.phone, time.now, until, time),
    plan('offer_reminder', half, until),
  ]
}

/** `visit` is the time that is given up. The client who cancels knows already: no SMS then. */
export function planCancelled(visit: PlannedVisit, by: Party, time: PlanningTime): PlannedMessage[] {
  if (by === 'client') return [planNews('cancelled_by_client', time)]
  return [
    planNews('cancelled_by_institution', time),
    ...planSms('cancelled_by_institution_sms', visit.phone, time.now, visit.startsAt, time),
  ]
}

export const planMissed = (time: PlanningTime): PlannedMessage[] => [planNews('missed', time)]

/** What a visit brought, once it is over. */
export const planEnded = (time: PlanningTime): PlannedMessage[] => [planNews('ended', time)]

export const planNumbers = (time: PlanningTime): PlannedMessage => planNews('number', time)
