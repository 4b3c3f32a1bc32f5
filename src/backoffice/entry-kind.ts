/** What the institution's other systems are told of. */
export const entryKinds = ['application', 'profile_confirmation'] as const
export type EntryKind = (typeof entryKinds)[number]

/** Name of the event in the webhook; a receiver decides by it what to do. */
export const eventTypes = {
  application: 'application.accepted',
  profile_confirmation: 'profile.confirmed',
} as const satisfies Record<EntryKind, string>

/** Of the event that an administrator sends to see whether an endpoint works. */
export const testEventType = 'test.sent'

export const isEntryKind = (text: string): text is EntryKind =>
  (entryKinds as readonly string[]).includes(text)
