import type { Directory } from '../../institution/directory'
import type { Keys } from '../../platform/keys'
import { addDays, dayOf, instantAt } from '../../platform/zone'
import type { Language } from '../../texts/catalogue'
import type { EmailExtras } from '../email-content'
import { type MessageDetails, reasonDetails } from '../message-details'
import type { VisitToTell } from '../outgoing-store'

/** Nobody's visit: its links open nothing. */
const id = '00000000-0000-7000-8000-000000000000'
const sampleNumber = 'EW-7K3F-92QX'

interface SampleParts {
  directory: Pick<Directory, 'institution' | 'branches' | 'topics' | 'certificateKinds'>
  keys: Keys
  language: Language
  now: Date
  /** The visit is today instead of tomorrow. */
  today?: boolean
}

/** A visit with everything that a message can tell of. */
export function sampleMessage({ directory, keys, language, now, today = false }: SampleParts): {
  visit: VisitToTell
  details: MessageDetails
  extras: EmailExtras
} {
  const { timeZone, settings } = directory.institution
  const startsAt = instantAt(addDays(dayOf(now, timeZone), today ? 0 : 1), '14:05', timeZone)
  const later = (minutes: number) => new Date(startsAt.getTime() + minutes * 60_000)
  const visit: VisitToTell = {
    id,
    number: sampleNumber,
    branchId: directory.branches[0]?.id ?? 0,
    topicId: directory.topics[0]?.id ?? 0,
    startsAt,
    endsAt: later(settings.visitMinutes),
    state: 'completed',
    language,
    linkVersion: 1,
    scheduleVersion: 1,
    hasGuardian: true,
    recordingConsent: true,
    smsAhead: true,
    emailAhead: true,
    stateReason: null,
    closingNote: null,
    client: Buffer.alloc(0),
    emailHash: Buffer.alloc(0),
  }
  const kind = directory.certificateKinds[0]
  return {
    visit,
    details: {
      ...reasonDetails(keys, id, 'absence'),
      by: 'institution',
      oldStartsAt: later(-24 * 60).toISOString(),
      until: later(-12 * 60).toISOString(),
    },
    extras: {
      listed: [
        { number: sampleNumber, startsAt },
        { number: 'EW-4M8P-3TRN', startsAt: later(7 * 24 * 60) },
      ],
      summary: {
        identity: 'confirmed',
        matters: ['general', 'forms'],
        applications: kind ? [{ kindCode: kind.code, reference: 'WZ-7K3F-94QX' }] : [],
        profileReference: null,
        followUp: { number: 'EW-4M8P-3TRN', startsAt: later(7 * 24 * 60) },
      },
    },
  }
}
