import { randomUUID } from 'node:crypto'
import type { Answers } from '../../src/booking/answers'
import { cancelVisit } from '../../src/booking/cancel-visit'
import { saveAnswers } from '../../src/booking/save-answers'
import type { DeviceReport } from '../../src/contract/device-check'
import { findVisits } from '../../src/desk/find-visits'
import { createTranslator } from '../../src/platform/i18n/translator'
import { institutionWords } from '../../src/institution/directory'
import { chooseWithoutRecording } from '../../src/recording/choose-without-recording'
import { holdRecording, releaseRecording } from '../../src/recording/hold-recording'
import { openView } from '../../src/recording/view-recording'
import { acceptApplication } from '../../src/visit/accept-application'
import { addChatMessage } from '../../src/visit/add-chat-message'
import { callIn } from '../../src/visit/call-in'
import { confirmProfile } from '../../src/visit/confirm-profile'
import { decideIdentity } from '../../src/visit/decide-identity'
import { endVisit } from '../../src/visit/end-visit'
import { inviteInterpreter } from '../../src/visit/invite-interpreter'
import { rateVisit } from '../../src/visit/rate-visit'
import { saveDeviceCheck } from '../../src/visit/save-device-check'
import { setMatters } from '../../src/visit/set-matters'
import { saveStaffNote } from '../../src/visit/staff-note'
import { undoIdentity } from '../../src/visit/undo-identity'
import { warnClient } from '../../src/visit/warn-client'
import { makeRecording } from './finalised-recording'
import type { Officer, VisitScene } from './visit-scene'
import { granted } from './world'

/** Somebody whose every word is known: none of these may be read in the database. */
export const marked: Answers = {
  firstName: 'Zdzimira',
  lastName: 'Kłobuszyńska',
  phone: '+48601987123',
  email: 'zdzimira.tajna@example.org',
  guardian: { firstName: 'Wawrzymił', lastName: 'Pstrągowiecki' },
  language: 'pl',
}

/** Names, phone and e-mail of the person and of everybody around, and a word of each thing that was said. */
export const marks = [
  ...['Zdzimira', 'Kłobuszyńska', '601987123', 'zdzimira.tajna', 'Wawrzymił', 'Pstrągowiecki'],
  ...['Migdomira', 'Słowoczatu', 'Słowoustaleń', 'Słowonotatki', 'Słowocelu', 'Słowocofnięcia'],
  ...['Słowooceny', 'Słowowyboru', 'Słowooglądania', 'Słowowstrzymania', 'Słowozwolnienia'],
  ...['Słowoodwołania', 'Słowosprawy'],
]

const deviceOk: DeviceReport = {
  browser: { code: 'ok', browser: 'Chrome', version: 140 },
  camera: { code: 'ok', width: 1280, height: 720 },
  microphone: { code: 'ok', level: -30 },
  noise: { code: 'ok', level: -60 },
  light: { code: 'ok' },
  backlight: { code: 'ok' },
  bandwidth: { code: 'ok', down: 20, up: 10 },
  connection: { code: 'direct' },
}

/**
 * A visit of the marked person in which everything happened that can: guardian, interpreter, device check, chat, notes,
 * a result taken back, application and profile, a recording that was watched and held, a rating. It is over.
 */
export async function markedVisit(scene: VisitScene): Promise<{ id: string; ewa: Officer }> {
  const { world } = scene
  const { db, keys, bus, queue, directory } = world
  const { id } = await scene.bookAt('09:00', { person: marked })
  world.clock.set(scene.at('08:50'))
  const row = await scene.visitRow(id)
  const common = () => ({ visitId: id, ...scene.parts(), directory })
  granted(
    await saveDeviceCheck(db, {
      ...{ visit: row, report: deviceOk, now: scene.now(), openBeforeMinutes: 15, bus },
    }),
  )
  const client = scene.open(scene.one, scene.pathOf('meeting', id))
  await client.next('welcome')
  const ewa = await scene.officer(scene.two)
  const { staff } = ewa
  granted(await inviteInterpreter(db, { ...common(), staff, name: 'Migdomira Dłoń' }))
  granted(await callIn(db, { ...common(), staff }))
  const recording = (state: string) =>
    world.query('update visit set recording_state = $2 where id = $1', [id, state])
  await recording('on')
  const [present] = await world.query<{ connection_id: string }>('select connection_id from presence')
  const chat = { connectionId: present?.connection_id ?? '', author: 'client', id: randomUUID() } as const
  granted(await addChatMessage(db, { ...common(), ...chat, text: 'Słowoczatu: tu Zdzimira' }))
  granted(await warnClient(db, { ...common(), staff, id: randomUUID(), reason: 'noise' }))
  const decide = () =>
    decideIdentity(db, {
      ...common(),
      ...{ staff, id: randomUUID(), result: 'confirmed', document: 'idCard', reason: null },
    })
  granted(await decide())
  granted(await undoIdentity(db, { ...common(), staff, words: 'Słowocofnięcia: to nie Zdzimira' }))
  granted(await decide())
  granted(
    await acceptApplication(db, {
      ...common(),
      ...{ staff, id: randomUUID(), kindCode: 'brak-zaleglosci', readBack: true },
      purpose: 'Słowocelu: kredyt Kłobuszyńska',
    }),
  )
  granted(await confirmProfile(db, { ...common(), staff }))
  granted(await setMatters(db, { visitId: id, staff, matters: ['advice'], now: common().now }))
  granted(
    await saveStaffNote(db, { visitId: id, staff, keys, words: 'Słowonotatki: Zdzimira', now: common().now }),
  )
  await recording('interrupted')
  granted(
    await chooseWithoutRecording(db, {
      ...common(),
      ...{ staff, id: randomUUID(), choice: 'continue', mayBeMissing: true, reason: 'Słowowyboru: Zdzimira' },
    }),
  )
  granted(
    await endVisit(db, { ...common(), staff, how: 'settled', note: 'Słowoustaleń: Zdzimira', topicId: null }),
  )
  await makeRecording({ db, keys, store: world.store }, { visitId: id, now: scene.now() })
  const inspector = (await scene.officer(scene.one, { role: 'inspector', branchId: null })).staff
  const about = (reason: string) => ({ ...common(), staff: inspector, reason })
  granted(await openView(db, about('Słowooglądania: Zdzimira')))
  granted(await holdRecording(db, about('Słowowstrzymania: Zdzimira')))
  granted(await releaseRecording(db, about('Słowozwolnienia: Zdzimira')))
  granted(
    await rateVisit(db, {
      ...{ visitId: id, score: 2, settled: null, keys, timeZone: directory.institution.timeZone },
      comment: 'Słowooceny: Zdzimira',
    }),
  )
  const texts = createTranslator('pl', institutionWords(directory.institution, 'pl'))
  granted(
    await findVisits(db, {
      ...{ staff, branchId: world.branch.id, text: 'Kłobuszyńska', keys, directory, texts },
      now: scene.now(),
    }),
  )
  await client.close()
  queue.wake()
  return { id, ewa }
}

/** What the person leaves besides: a booking that was not finished, and a visit that the institution cancelled. */
export async function markedLeftovers(scene: VisitScene): Promise<{ cancelled: string }> {
  const { world } = scene
  const ownerSecret = 'the marked person again'
  const { id: holdId } = granted(await world.hold(scene.at('10:40'), { owner: ownerSecret })).hold
  granted(await saveAnswers(world.db, { ...world.parts(), holdId, ownerSecret, answers: marked }))
  const visit = await scene.bookAt('10:15', { topic: 'pensions', person: marked })
  granted(
    await cancelVisit(world.db, {
      ...{ ...world.parts(), visitId: visit.id, by: 'institution' },
      reason: 'Słowoodwołania: Zdzimira',
    }),
  )
  return { cancelled: visit.id }
}
