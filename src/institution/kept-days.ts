import { z } from 'zod'

/** Kinds of personal data that leave by themselves, each after a time of its own; recordings have their own. */
export const dataClasses = [
  /** Names, what was agreed and applied for: everything that makes a visit somebody's. */
  'visit',
  /** Phone and e-mail, with the hashes that find them. */
  'contact',
  'chat',
  /** What the staff write for themselves. */
  'notes',
  'deviceCheck',
  /** What was sent, when, and how it went. */
  'messages',
  'ratingComment',
  /** Answers of bookings that were not finished. */
  'hold',
  /** What the institution's other systems have taken. */
  'backoffice',
  'audit',
  'session',
  /** Reasons that inspectors gave. */
  'request',
  /** Messages of the demonstration. */
  'mailbox',
] as const
export type DataClass = (typeof dataClasses)[number]

/** Classes that are part of a visit: none outlives it. */
export const partsOfVisit = ['contact', 'chat', 'notes', 'deviceCheck', 'messages'] as const

export const longestKeptDays = 36_500
const days = z.int().min(1).max(longestKeptDays)

/** `settings.keptDays`: how many days each class is kept, those of a visit from its end on. */
export const keptDays = z
  .strictObject(Object.fromEntries(dataClasses.map((name) => [name, days])) as Record<DataClass, typeof days>)
  .refine((kept) => partsOfVisit.every((part) => kept[part] <= kept.visit), {
    error: 'no part of a visit may be kept longer than the visit',
  })
export type KeptDays = z.infer<typeof keptDays>
