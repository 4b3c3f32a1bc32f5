import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import WebSocket from 'ws'
import { journalCloseCodes } from '../../src/contract/close-codes'
import { visitThatStartsNow } from '../../src/main/demo/demo-visit'
import { inTransaction } from '../../src/platform/db'
import { hashPassword } from '../../src/staff/password'
import { type StaffRole, staffRoles } from '../../src/staff/staff'
import { insertStaff } from '../../src/staff/staff-store'
import { makeRecording } from '../support/finalised-recording'
import { doorBranch, type StaffDoor, staffDoors } from '../support/staff-doors'
import { startTestProduct, type TestProduct } from '../support/test-product'

const password = 'hasło do prób'
const reaches = ['own', 'other', 'all'] as const
type Reach = (typeof reaches)[number]

let product: TestProduct
const cookies = new Map<string, string>()
const cookieOf = (role: StaffRole, reach: Reach) => cookies.get(`${role} ${reach}`) ?? ''
/** What stands for the parameters of an address. */
let things: Record<string, string>
let account: number

beforeAll(async () => {
  product = await startTestProduct(inject('postgresUrl'))
  const { services, clock } = product
  const visit = await visitThatStartsNow({ ...services, now: clock.now() })
  await makeRecording(services, { visitId: visit.id, now: clock.now() })
  const passwordHash = await hashPassword(password, { blocks: 1024, blockSize: 8, passes: 1 })
  const branches: Record<Reach, number | null> = {
    own: services.directory.branchByCode(doorBranch)?.id ?? 0,
    other: services.directory.branchByCode('WAW2')?.id ?? 0,
    all: null,
  }
  const add = (role: StaffRole, reach: Reach) => {
    const person = { email: `${role}.${reach}@example.org`, name: `${role} ${reach}`, passwordHash, role }
    return inTransaction(services.db, (tx) =>
      insertStaff(tx, { ...person, branchId: branches[reach], topicIds: [] }),
    )
  }
  for (const role of staffRoles)
    for (const reach of reaches) {
      const id = await add(role, reach)
      if (role === 'officer' && reach === 'own') account = id
      cookies.set(`${role} ${reach}`, await signIn(`${role}.${reach}@example.org`))
    }
  // Has shown the password, and not yet the second factor
  await services.db
    .insertInto('staff_totp')
    .columns(['staff_id', 'seed', 'last_step', 'added_at'])
    .expression((from) =>
      from
        .selectFrom('staff')
        .where('email', '=', 'ewa.maj@example.org')
        .select((eb) => [
          'id',
          eb.val(Buffer.from('sealed')).as('seed'),
          eb.val(0).as('step'),
          eb.val(clock.now()).as('at'),
        ]),
    )
    .execute()
  things = { ':visitId': visit.id, ':id': visit.id, ':code': doorBranch }
})
afterAll(() => product.stop())

async function signIn(email: string, typed = password): Promise<string> {
  const answer = await fetch(`${product.url}/pracownik`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: product.url },
    body: new URLSearchParams({ email, password: typed }),
  })
  expect(answer.status).toBe(303)
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}

/** The routes that the product serves, from its own tree of them: 'GET /pracownik/wizyta/:id'. */
function servedRoutes(): string[] {
  const parents: string[] = []
  return product.app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', part, methods] = /^((?:[│ ] {3})*)[├└]── (\S*)(?: \((.*)\))?$/.exec(line) ?? []
      if (part === undefined) return []
      const depth = indent.length / 4
      const path = (parents[depth - 1] ?? '') + part
      parents.splice(depth, parents.length, path)
      const served = (methods ?? '').split(', ').filter((method) => method !== '' && method !== 'HEAD')
      return served.map((method) => `${method} /${path.replace(/^\/+/, '')}`)
    })
    .filter((route) => / \/pracownik(\/|$)/.test(route))
}

const addressOf = (route: string, { query }: StaffDoor): { method: string; address: string } => {
  const [method = '', pattern = ''] = route.split(' ')
  const isAccount = pattern.includes('/pracownicy/')
  const path = pattern.replace(/:\w+/g, (name) => {
    if (name === ':id' && isAccount) return String(account)
    return things[name] ?? '01890000-0000-7000-8000-000000000000'
  })
  return { method, address: `${path}${query === undefined ? '' : `?${query}`}` }
}

/** How the route answers: a status, or 'door' when it leads to the sign-in. */
async function knock(route: string, door: StaffDoor, cookie: string): Promise<number | 'door'> {
  const { method, address } = addressOf(route, door)
  if (door.socket) return knockAtSocket(address, cookie)
  const answer = await fetch(product.url + address, {
    method,
    redirect: 'manual',
    headers: { cookie, origin: product.url },
    ...(method === 'POST' && { body: new URLSearchParams(door.fields ?? {}) }),
  })
  await answer.arrayBuffer()
  const to = answer.headers.get('location')
  return to === '/pracownik' || to?.startsWith('/pracownik?') ? 'door' : answer.status
}

const knockAtSocket = (address: string, cookie: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${product.url.replace('http', 'ws')}${address}`, {
      headers: { cookie, origin: product.url },
    })
    socket.on('unexpected-response', (_request, answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
      socket.terminate()
    })
    socket.on('error', reject)
    // Open to somebody, or closed again at once
    socket.on('message', () => {
      resolve(101)
      socket.terminate()
    })
    socket.on('close', (code) => resolve(code === journalCloseCodes.refused ? 403 : code))
  })

const no = ['door', 401, 403, 404] as const
const isNo = (answer: number | 'door') => (no as readonly unknown[]).includes(answer)

/** Doors that are open without a session need no knocking. */
const closedDoors = Object.entries(staffDoors).filter(([, { who }]) => who !== 'anybody')
const forRoles = closedDoors.flatMap(([route, door]) =>
  typeof door.who === 'string' ? [] : [{ route, door, who: door.who }],
)

/** Everything that a refused request could have changed. */
const state = async () => {
  const { db } = product.services
  const [visits, people, recordings, branches, topics, windows] = await Promise.all([
    db.selectFrom('visit').selectAll().orderBy('id').execute(),
    db.selectFrom('staff').selectAll().orderBy('id').execute(),
    db.selectFrom('recording').selectAll().orderBy('visit_id').execute(),
    db.selectFrom('branch').selectAll().orderBy('id').execute(),
    db.selectFrom('topic').selectAll().orderBy('id').execute(),
    db.selectFrom('desk_window').selectAll().orderBy('id').execute(),
  ])
  return JSON.stringify({ visits, people, recordings, branches, topics, windows })
}

test('every route of the staff stands in the table, and the table holds no other', () => {
  expect(servedRoutes().sort()).toEqual(Object.keys(staffDoors).sort())
})

describe('nobody comes in', () => {
  /** Knocks at all doors and lists those that were not closed. */
  const open = async (
    doors: readonly { route: string; door: StaffDoor }[],
    cookie: string,
  ): Promise<string[]> => {
    const before = await state()
    const found: string[] = []
    for (const { route, door } of doors) {
      const answer = await knock(route, door, cookie)
      // A branch that is none of theirs is an unknown one
      const isUnknown = door.query !== undefined && answer === 400
      if (!isNo(answer) && !isUnknown) found.push(`${route}: ${answer}`)
    }
    expect(await state()).toBe(before)
    return found
  }

  test('without a session, with a made-up one, or with one that has ended', async () => {
    const doors = closedDoors.map(([route, door]) => ({ route, door }))
    expect(await open(doors, '')).toEqual([])
    expect(await open(doors, `staff=${'A'.repeat(43)}`)).toEqual([])
  })

  test('with the password alone where there is a second factor', async () => {
    const half = await signIn('ewa.maj@example.org', 'wizyta-na-probe')
    const doors = closedDoors.flatMap(([route, door]) => (door.who === 'half' ? [] : [{ route, door }]))
    expect(await open(doors, half)).toEqual([])
  })

  test.each(staffRoles)('as %s, even of all branches, where the role has no business', async (role) => {
    const doors = forRoles.filter(({ who }) => !who.includes(role))
    expect(doors.length).toBeGreaterThan(10)
    expect(await open(doors, cookieOf(role, 'all'))).toEqual([])
  })

  test('as an administrator of one branch, to what concerns the whole institution', async () => {
    const doors = forRoles.filter(({ door }) => door.everywhere)
    expect(doors.length).toBeGreaterThan(40)
    expect(await open(doors, cookieOf('administrator', 'own'))).toEqual([])
  })

  test.each(staffRoles)('as %s of another branch, to what belongs to this one', async (role) => {
    const doors = forRoles.filter(({ who, door }) => door.own && who.includes(role))
    expect(await open(doors, cookieOf(role, 'other'))).toEqual([])
  })
})

test.each(staffRoles)('the table does not close to %s what is theirs', async (role) => {
  const isWhole = (route: string) =>
    !/:(?!id|visitId)/.test(route) && !/przekaza|wiadomosci\/:|obszary\/spr/.test(route)
  const doors = forRoles.filter(
    ({ route, who, door }) => route.startsWith('GET') && who.includes(role) && isWhole(route) && !door.socket,
  )
  const closed: string[] = []
  for (const { route, door } of doors)
    for (const reach of ['own', 'all'] as const) {
      const answer = await knock(route, door, cookieOf(role, reach))
      if (reach === 'all' ? answer !== 200 : answer === 'door') closed.push(`${route} (${reach}): ${answer}`)
    }
  expect(closed).toEqual([])
})
