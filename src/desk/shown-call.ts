import { readClient, type VisitRow } from '../booking/visit-links'
import { dateWords, timeOfDay } from '../platform/i18n/dates'
import { dayOf } from '../platform/zone'
import { may } from '../staff/may'
import type { Staff } from '../staff/staff'
import { refusalFor } from '../visit/conducting'
import { presentIn } from '../visit/presence-store'
import { readBranchLoad } from '../visit/branch-load-store'
import { recordingAddresses } from '../recording/recording-addresses'
import { recordingNotice } from '../recording/recording-notice'
import { readRoomState } from '../visit/read-room'
import { interpreterUrl } from '../visit/interpreter'
import { readSettlement } from '../visit/settlement-store'
import { readClosingNote, readStaffNote } from '../visit/visit-notes'
import { deskCallBoot } from './desk-boot'
import { nextVisitAfter } from './desk-day'
import type { DeskServices } from './desk-services'
import type { ShownCall } from './pages/call-page'
import { dayAddress } from './pages/day-page'

/** Everything that the page of a visit at the desk shows to this person. */
export async function shownCall(services: DeskServices, me: Staff, visit: VisitRow): Promise<ShownCall> {
  const { db, clock, keys, directory, staffTexts, translators, demo, publicUrl } = services
  const { timeZone, settings } = directory.institution
  const now = clock.now()
  const branch = directory.branchById(visit.branch_id)
  const client = readClient(keys, visit)
  const load = (branchId: number) => readBranchLoad(db, branchId, now)
  const [state, settlement, present, next] = await Promise.all([
    readRoomState(db, visit, { keys, now, load }),
    readSettlement(db, keys, visit),
    presentIn(db, visit.id, now),
    nextVisitAfter(db, { branchId: visit.branch_id, topicIds: me.topicIds, after: visit.starts_at }),
  ])
  const day = dayOf(visit.starts_at, timeZone)
  return {
    boot: deskCallBoot({
      staffTexts,
      texts: translators.pl,
      me,
      visit,
      client,
      topic: directory.topicById(visit.topic_id)?.texts.pl.name ?? '',
      state,
      minutes: settings.visitMinutes,
      nextTime: next && timeOfDay(next, timeZone),
      timeZone,
      now,
      demo,
      settlement,
      directory,
      interpreterLink: interpreterUrl(publicUrl, keys, visit),
      dayAddress: branch ? dayAddress(branch, day) : '/pracownik/dzien',
    }),
    visit,
    client,
    topics: directory.topics,
    when: translators.pl.t('ui.timeRange', {
      day: dateWords(visit.starts_at, 'pl', timeZone),
      start: timeOfDay(visit.starts_at, timeZone),
      end: timeOfDay(visit.ends_at, timeZone),
    }),
    staffNote: readStaffNote(keys, visit),
    closingNote: readClosingNote(keys, visit).words,
    may: possibleActs(me, visit, now),
    recording: isOver(visit) ? await recordingNotice(db, { visit, staffTexts, timeZone }) : null,
    recordingPage: may(me, 'watch_recording', visit.branch_id) ? recordingAddresses(visit.id).page : null,
    clientIsHere: present.some(({ participant }) => participant === 'client'),
  }
}

const isOver = ({ state }: VisitRow): boolean => state === 'completed' || state === 'ended_early'

/** What is offered; the use cases decide again when it is done. */
function possibleActs(me: Staff, visit: VisitRow, now: Date): ShownCall['may'] {
  const conduct = refusalFor(me, 'conduct', visit) === undefined
  const ahead = visit.state === 'booked' || visit.state === 'waiting'
  return {
    callIn:
      visit.state === 'waiting' &&
      may(me, 'call_in', visit.branch_id) &&
      me.topicIds.includes(visit.topic_id),
    conduct,
    takeOver:
      visit.state === 'in_progress' &&
      visit.officer_id !== me.id &&
      may(me, 'call_in', visit.branch_id) &&
      me.topicIds.includes(visit.topic_id),
    end: conduct && visit.state === 'in_progress',
    markMissed: ahead && now >= visit.starts_at && may(me, 'mark_missed', visit.branch_id),
  }
}
