import type { PageContext } from '../booking/pages/page-context'
import { clockTime } from '../booking/pages/visit-words'
import { readClient, type VisitRow } from '../booking/visit-links'
import { type MeetingBoot, meetingCountedKeys, meetingTextKeys } from '../contract/meeting-boot'
import type { RoomState } from '../contract/signalling'
import { localizedPath } from '../platform/http/localized-path'
import type { Keys } from '../platform/keys'
import type { Visitor } from './meeting-visitor'
import { countedOf, deviceGoneTexts, textsOf } from './boot-texts'

export interface MeetingFacts {
  visit: VisitRow
  participant: Visitor
  token: string
  state: RoomState
  now: Date
  demo: boolean
  keys: Keys
}

/** Minutes that the page counts in words: an hour, and the whole time before the door opens. */
const mostMinutes = 60

/** What the meeting page's script starts from, in the page's language. */
export function meetingBoot(page: PageContext, facts: MeetingFacts): MeetingBoot {
  const { visit, token, keys } = facts
  const { t } = page.t
  const { guardian } = readClient(keys, visit)
  const { openBeforeMinutes, visitMinutes } = page.directory.institution.settings
  const endTime = clockTime(page, visit.ends_at)
  return {
    now: facts.now.toISOString(),
    you: facts.participant,
    room: localizedPath(page.language, `/spotkanie/${token}/pokoj`),
    timeZone: page.directory.institution.timeZone,
    visit: {
      number: visit.number,
      startsAt: visit.starts_at.toISOString(),
      endsAt: visit.ends_at.toISOString(),
      startTime: clockTime(page, visit.starts_at),
      endTime,
      branch: page.directory.branchById(visit.branch_id)?.name ?? '',
      topic: page.directory.topicById(visit.topic_id)?.texts[page.language].name ?? '',
      minutes: visitMinutes,
      recorded: visit.recording_consent,
      guardian: guardian ? `${guardian.firstName} ${guardian.lastName}` : null,
    },
    state: facts.state,
    demo: facts.demo,
    texts: {
      ...textsOf(t, meetingTextKeys, { end: endTime, number: visit.number }),
      ...deviceGoneTexts(t),
    },
    counted: countedOf(t, meetingCountedKeys, Math.max(mostMinutes, openBeforeMinutes)),
  }
}
