import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { createSmtpMailer } from '../../src/message/smtp-mailer'
import { staffTranslator } from '../../src/platform/i18n/translator'
import { institutionWords } from '../../src/institution/directory'
import { createLogger } from '../../src/platform/logger'
import { createStaffMailSender, type StaffMailSender } from '../../src/staff/mail/staff-mail-sender'
import { purgeStaffMail } from '../../src/staff/mail/staff-mail-store'
import { invitePerson } from '../../src/staff/people/invite-person'
import { eventually } from '../support/eventually'
import { type SmtpForTests, smtpForTests } from '../support/smtp-for-tests'
import {
  addStaff,
  get,
  post,
  signIn,
  startVisitServer,
  testPassword,
  type VisitServer,
} from '../support/visit-server'
import { granted, openWorld, type World } from '../support/world'

const resetPage = '/pracownik/haslo'
const newPassword = 'kot pije zimne mleko'

let world: World
let server: VisitServer
let smtp: SmtpForTests
let sender: StaffMailSender
const refusals: { code: number; text: string }[] = []

beforeAll(async () => {
  world = await openWorld(inject('postgresUrl'))
  server = await startVisitServer(world)
  smtp = await smtpForTests({ onRecipient: () => refusals.shift() })
  sender = createStaffMailSender({
    ...world,
    log: createLogger('silent'),
    staffTexts: staffTranslator(institutionWords(world.directory.institution, 'pl')),
    publicUrl: server.url,
    mailer: createSmtpMailer({ url: smtp.url, from: 'e-wizyta@example.org', connections: 2 }),
    pollMilliseconds: 25,
  })
  sender.start()
})
afterAll(async () => {
  await sender.stop()
  await server.close()
  await smtp.close()
  await world.drop()
})
beforeEach(async () => {
  await world.reset()
  await world.query('delete from staff_mail')
})

let people = 0
const invite = async () => {
  const email = `nowa.${++people}@example.org`
  const result = await invitePerson(world.db, {
    ...{ by: null, email, name: 'Marta *Kos*', role: 'officer', branchId: world.branch.id, topicIds: [] },
    now: world.clock.now(),
  })
  return { email, ...granted(result) }
}
const mailTo = async (email: string) =>
  eventually(async () => {
    const found = smtp.received.filter(({ to }) => to.some(({ address }) => address === email))
    const last = found.at(-1)
    if (!last) throw new Error('No e-mail yet')
    return { subject: last.subject ?? '', text: last.text ?? '', html: last.html ?? '', count: found.length }
  })
const linkIn = (text: string) => {
  const link = /http:\/\/localhost:\d+(\/pracownik\/haslo\/[\w-]+)/.exec(text)?.[1]
  if (link === undefined) throw new Error('No link in the e-mail')
  return link
}
const mailRows = () =>
  world.query<{ kind: string; state: string }>('select kind, state from staff_mail order by created_at')
const enter = (email: string, password: string) => post(server, '/pracownik', { email, password })

describe('an invitation', () => {
  test('brings a link by e-mail that sets the first password, once', async () => {
    const { email } = await invite()
    expect((await enter(email, '')).status).toBe(422)
    const mail = await mailTo(email)
    expect(mail.subject).toBe('Zaproszenie do e-Wizyty')
    expect(mail.text).toContain('Marta *Kos*')
    const link = linkIn(mail.text)
    expect(mail.html).toContain(link)
    const page = await get(server, link)
    expect(page.body).toContain(`ustaw hasło do konta ${email}`)
    expect((await post(server, link, { haslo: 'krótkie' })).body).toContain('Użyj co najmniej 12 znaków')
    const answers = await Promise.all([1, 2].map(() => post(server, link, { haslo: newPassword })))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 410])
    expect((await get(server, link)).status).toBe(410)
    expect((await get(server, '/pracownik?haslo=ustawione')).body).toContain('Hasło jest ustawione')
    expect((await enter(email, newPassword)).status).toBe(303)
  })

  test('leads nowhere after seven days, with a token that was changed, or for a closed account', async () => {
    const { email, staffId } = await invite()
    const link = linkIn((await mailTo(email)).text)
    const forged = link.slice(0, -2) + (link.endsWith('AA') ? 'BB' : 'AA')
    expect((await get(server, forged)).status).toBe(410)
    await world.query('update staff set active = false where id = $1', [staffId])
    expect((await get(server, link)).status).toBe(410)
    await world.query('update staff set active = true where id = $1', [staffId])
    expect((await get(server, link)).status).toBe(200)
    world.clock.advance({ minutes: 7 * 24 * 60 + 1 })
    expect((await post(server, link, { haslo: newPassword })).status).toBe(410)
  })

  test('stands in the database without its token, address and text', async () => {
    const { email } = await invite()
    const token =
      linkIn((await mailTo(email)).text)
        .split('/')
        .at(-1) ?? ''
    const rows = JSON.stringify([
      await world.query('select * from staff_mail'),
      await world.query('select * from staff_link'),
    ])
    expect(rows).not.toContain(token)
    expect(rows).not.toContain(email)
  })
})

describe('a forgotten password', () => {
  test('is set anew by a link; whoever was signed in is out, and is told', async () => {
    const person = await addStaff(world)
    const cookie = await signIn(server, person)
    await post(server, resetPage, { email: ` ${person.email.toUpperCase()}` })
    const link = linkIn((await mailTo(person.email)).text)
    expect((await post(server, link, { haslo: newPassword })).location).toBe('/pracownik?haslo=ustawione')
    expect((await get(server, '/pracownik/dzien', cookie)).status).toBe(303)
    expect((await enter(person.email, testPassword)).status).toBe(422)
    expect((await enter(person.email, newPassword)).status).toBe(303)
    await eventually(async () =>
      expect((await mailTo(person.email)).subject).toBe('Hasło do e-Wizyty zostało zmienione'),
    )
  })

  test('gets the same answer for every address, and e-mail only where there is a password', async () => {
    const [person, closed] = [await addStaff(world), await addStaff(world)]
    await world.query('update staff set active = false where id = $1', [closed.id])
    const { email: invited } = await invite()
    await world.query('delete from staff_mail')
    const answers = []
    for (const email of [person.email, closed.email, invited, 'nikt@example.org', 'nie adres'])
      answers.push((await post(server, resetPage, { email })).body)
    expect(new Set(answers).size).toBe(1)
    expect((await mailRows()).map(({ kind }) => kind)).toEqual(['reset'])
    expect((await post(server, resetPage, { email: ' ' })).status).toBe(422)
  })

  test('fills no mailbox: one link in two minutes, and the link before leads nowhere', async () => {
    const person = await addStaff(world)
    const ask = () => post(server, resetPage, { email: person.email })
    await Promise.all([ask(), ask(), ask()])
    expect(await mailRows()).toHaveLength(1)
    const first = linkIn((await mailTo(person.email)).text)
    world.clock.advance({ minutes: 3 })
    await ask()
    await eventually(async () => expect((await mailTo(person.email)).count).toBe(2))
    expect((await get(server, first)).status).toBe(410)
    expect((await get(server, linkIn((await mailTo(person.email)).text))).status).toBe(200)
  })

  test('does not unlock a second factor', async () => {
    const person = await addStaff(world)
    await world.query("insert into staff_totp values ($1, 'sealed', 0, $2)", [person.id, world.clock.now()])
    await post(server, resetPage, { email: person.email })
    await post(server, linkIn((await mailTo(person.email)).text), { haslo: newPassword })
    expect((await enter(person.email, newPassword)).location).toBe('/pracownik/drugi-skladnik')
  })
})

describe('the outbox of the staff', () => {
  test('tries again what was put off, and gives up what was refused', async () => {
    refusals.push({ code: 451, text: 'later' }, { code: 550, text: 'nobody here' })
    const { email } = await invite()
    await eventually(async () => expect(await mailRows()).toEqual([{ kind: 'invitation', state: 'queued' }]))
    await eventually(async () => {
      const [row] = await world.query<{ last_error: string }>('select last_error from staff_mail')
      expect(row?.last_error).toContain('451')
    })
    world.clock.advance({ minutes: 2 })
    await eventually(async () => expect((await mailRows())[0]?.state).toBe('dead'))
    expect(JSON.stringify(await world.query('select * from staff_mail'))).not.toContain(email)
  })

  test('sends again, with the same id, what a killed process had claimed', async () => {
    const { email, linkId } = await invite()
    await mailTo(email)
    await world.query("update staff_mail set state = 'sending', due_at = $1 where link_id = $2", [
      world.clock.now(),
      linkId,
    ])
    await eventually(async () => expect((await mailTo(email)).count).toBe(2))
    const ids = smtp.received
      .filter(({ to }) => to.some(({ address }) => address === email))
      .map(({ messageId }) => messageId)
    expect(new Set(ids).size).toBe(1)
  })

  test('forgets after a while', async () => {
    await invite()
    await eventually(async () => expect((await mailRows())[0]?.state).toBe('sent'))
    await purgeStaffMail(world.db, new Date(world.clock.now().getTime() + 8 * 86_400_000))
    expect(await mailRows()).toEqual([])
    expect(await world.query('select * from staff_link')).toEqual([])
  })
})

test('without passwords there is no page for them, and no way in with one', async () => {
  const provider = {
    issuer: 'http://localhost:9',
    clientId: 'x',
    clientSecret: { reveal: () => 'x' },
    scope: 'openid',
    roleClaim: 'roles',
    roles: new Map(),
    branchClaim: 'branch',
    branches: undefined,
  }
  const other = await startVisitServer(world, undefined, { passwords: false, oidc: provider as never })
  try {
    const person = await addStaff(world)
    const door = await get(other, '/pracownik')
    expect(door.body).not.toContain('type="password"')
    expect(door.body).toContain('Zaloguj się kontem ZUS')
    expect((await get(other, resetPage)).status).toBe(404)
    const refused = await post(other, '/pracownik', { email: person.email, password: testPassword })
    expect(refused).toMatchObject({ status: 403, cookie: '' })
    // The provider is away: said so, and nobody is let in
    const away = await get(other, '/pracownik/oidc')
    expect(away.status).toBe(503)
    expect(away.body).toContain('teraz nie odpowiada')
  } finally {
    await other.close()
  }
})
