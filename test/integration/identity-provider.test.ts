import { generateKeyPair, exportJWK, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { fakeClock } from '../support/fake-clock'
import { eventually } from '../support/eventually'
import { openSocket } from '../support/live-page'
import { reserveProvider, startProvider, type TestIdentityProvider } from '../support/oidc-provider'
import { startTestProduct, type TestProduct } from '../support/test-product'
import { type VisitedPage, webVisitor, type WebVisitor } from '../support/web-visitor'

const start = '/pracownik/oidc'
const dayPage = '/pracownik/dzien'
const logout = '/zwrotka/oidc/wylogowanie'

const person = (name: string, changes: Record<string, unknown> = {}) => ({
  name,
  email: `${name.split(' ')[0]?.toLowerCase() ?? ''}@example.org`,
  email_verified: true,
  roles: ['offline_access', 'EW-Pracownik'],
  branch: 'WAW3',
  ...changes,
})

let product: TestProduct
let provider: TestIdentityProvider
const people: Record<string, Record<string, unknown>> = {
  basia: person('Basia Nowa'),
  celina: person('Celina Nowa', { roles: ['EW-Kierownik'], branch: '*' }),
  stranger: person('Stranger', { roles: ['EW-Obcy'] }),
  both: person('Both', { roles: ['EW-Pracownik', 'EW-Administrator'] }),
  nowhere: person('Nowhere', { branch: 'XXX' }),
  nameless: person('', { name: undefined }),
  ewa: person('Ewa Maj', { email: 'ewa.maj@example.org' }),
  impostor: person('Impostor', { email: 'jan.lis@example.org', email_verified: false }),
  second: person('Second', { email: 'basia@example.org' }),
  dorota: person('Dorota Nowa'),
  emil: person('Emil Nowy'),
}

beforeAll(async () => {
  const reserved = await reserveProvider()
  const clock = fakeClock()
  // Tokens of the provider are of this very moment
  clock.set(new Date())
  product = await startTestProduct(inject('postgresUrl'), { clock, signIn: { oidc: reserved.config } })
  provider = await startProvider(reserved, { productUrl: product.url, people })
})
afterAll(async () => {
  await provider.stop()
  await product.stop()
})

const db = () => product.services.db
const account = (email: string) =>
  db().selectFrom('staff').selectAll().where('email', '=', email).executeTakeFirst()
const branchId = (code: string) => product.services.directory.branchByCode(code)?.id

/** Through the provider's own pages: login, then consent. */
async function signIn(
  login: string,
  visitor = webVisitor(),
  from = start,
): Promise<{ visitor: WebVisitor; page: VisitedPage }> {
  const asked = await visitor.open(product.url + from)
  const consent = await visitor.submit(asked, /interaction/, { login, password: 'x' })
  const page = consent.url.origin === product.url ? consent : await visitor.submit(consent, /interaction/)
  return { visitor, page }
}
const isIn = async (visitor: WebVisitor) =>
  (await visitor.open(product.url + dayPage)).url.pathname === dayPage
const openSessions = (email: string) =>
  db()
    .selectFrom('staff_session')
    .innerJoin('staff', 'staff.id', 'staff_session.staff_id')
    .where('staff.email', '=', email)
    .selectAll('staff_session')
    .execute()

describe('who the provider vouches for', () => {
  test('gets an account with the role and branch of the claims, and is in', async () => {
    const { page, visitor } = await signIn('basia', webVisitor(), `${start}?dalej=%2Fpracownik%2Fwizyty`)
    expect(page).toMatchObject({ status: 200 })
    expect(page.url.pathname).toBe('/pracownik/wizyty')
    expect(await account('basia@example.org')).toMatchObject({
      name: 'Basia Nowa',
      role: 'officer',
      branch_id: branchId('WAW3'),
      password_hash: null,
    })
    const own = await visitor.open(`${product.url}/pracownik/konto`)
    expect(own.body).toContain('Logujesz się kontem ZUS')
    expect(own.body).not.toContain('Zmień hasło')
    // What is kept there is not changed here
    expect((await visitor.open(`${product.url}/pracownik/konto/drugi-skladnik`)).url.pathname).toBe(
      '/pracownik/konto',
    )
    const actions = await db()
      .selectFrom('audit_entry')
      .select('action')
      .where('action', 'like', 'staff.%')
      .execute()
    expect(actions.map(({ action }) => action)).toEqual(['staff.account_made', 'staff.signed_in'])
  })

  test('keeps one account, which follows the provider at each sign-in', async () => {
    await signIn('celina')
    expect(await account('celina@example.org')).toMatchObject({ role: 'supervisor', branch_id: null })
    const before = await db().selectFrom('staff').select('id').execute()
    await signIn('celina')
    expect(await db().selectFrom('staff').select('id').execute()).toHaveLength(before.length)
    await db()
      .updateTable('staff')
      .set({ role: 'officer', name: 'Dawna' })
      .where('email', '=', 'celina@example.org')
      .execute()
    await signIn('celina')
    expect(await account('celina@example.org')).toMatchObject({ role: 'supervisor', name: 'Celina Nowa' })
  })

  test('takes over their local account when the provider has checked the address; its password ends', async () => {
    const before = await account('ewa.maj@example.org')
    await signIn('ewa')
    const after = await account('ewa.maj@example.org')
    expect(after?.id).toBe(before?.id)
    expect(after).toMatchObject({ branch_id: branchId('WAW3'), password_hash: null })
  })

  test.each([
    ['stranger', 'nie ma roli w tej usłudze'],
    ['both', 'ma więcej niż jedną'],
    ['nowhere', 'nie ma oddziału, który zna ta usługa'],
    ['nameless', 'nie podał Twojego imienia'],
    ['impostor', 'należy tu już do innego konta'],
    ['second', 'należy tu już do innego konta'],
  ])('but whose claims are not plain (%s) stays outside, with the reason', async (login, words) => {
    const accounts = await db().selectFrom('staff').selectAll().orderBy('id').execute()
    const { page, visitor } = await signIn(login)
    expect(page.status).toBe(403)
    expect(page.body).toContain(words)
    expect(await isIn(visitor)).toBe(false)
    expect(await db().selectFrom('staff').selectAll().orderBy('id').execute()).toEqual(accounts)
  })

  test('but whose account is closed stays outside', async () => {
    await signIn('dorota')
    await db().updateTable('staff').set({ active: false }).where('email', '=', 'dorota@example.org').execute()
    const { page } = await signIn('dorota')
    expect(page.body).toContain('Twoje konto w tej usłudze jest zamknięte')
  })
})

describe('the way back', () => {
  test('opens nothing without its beginning in the same browser, nor with another state, nor twice', async () => {
    const [one, other] = [webVisitor(), webVisitor()]
    const asked = await one.open(product.url + start)
    await other.open(product.url + start)
    const forged = `${product.url}${start}/powrot?code=x&state=y&iss=${encodeURIComponent(provider.issuer)}`
    for (const visitor of [one, webVisitor()]) {
      const page = await visitor.open(forged)
      expect(page.status).toBe(422)
      expect(page.body).toContain('nie doszło do skutku')
    }
    expect(asked.url.origin).toBe(provider.issuer)
  })

  test('after turning away at the provider says so', async () => {
    const visitor = webVisitor()
    const asked = await visitor.open(product.url + start)
    const abort = /href="([^"]*abort[^"]*)"/.exec(asked.body)?.[1]
    const page = await visitor.open(new URL(abort ?? '', asked.url).href)
    expect(page.status).toBe(422)
    expect(page.body).toContain('nie doszło do skutku')
  })
})

describe('signing out', () => {
  test('ends the session here and at the provider', async () => {
    const { visitor, page } = await signIn('basia')
    const farewell = await visitor.submit(page, /wyloguj/)
    expect(farewell.body).toContain('Teraz wylogujemy Cię też z konta ZUS')
    expect(await isIn(visitor)).toBe(false)
    const address = /href="([^"]*session\/end[^"]*)"/.exec(farewell.body)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect([...new URL(address).searchParams.keys()].sort()).toEqual([
      'client_id',
      'post_logout_redirect_uri',
    ])
    const asked = await visitor.open(address)
    const back = await visitor.submit(asked, /session\/end\/confirm/, { logout: 'yes' })
    expect(back.url.href).toBe(`${product.url}/pracownik`)
    // The provider asks who it is again
    expect((await visitor.open(product.url + start)).body).toContain('name="login"')
  })

  test('at the provider ends the session here and its sockets', async () => {
    const { visitor } = await signIn('basia')
    const other = await signIn('basia')
    const socket = openSocket(product, '/pracownik/dzien/na-zywo?oddzial=WAW3&dzien=2026-12-29', {
      cookie: visitor.cookies(),
    })
    await eventually(() => expect(socket.notices.length).toBeGreaterThan(0))
    const end = await visitor.open(`${provider.issuer}/session/end`)
    await visitor.submit(end, /session\/end\/confirm/, { logout: 'yes' })
    await eventually(async () => expect(await isIn(visitor)).toBe(false))
    expect(await socket.closed).toBe(4401)
    expect(await isIn(other.visitor)).toBe(true)
  })
})

describe('a logout token', () => {
  const send = (token: string) =>
    fetch(product.url + logout, { method: 'POST', body: new URLSearchParams({ logout_token: token }) })
  const claims = (changes: Record<string, unknown> = {}) => ({
    iss: provider.issuer,
    aud: provider.config.clientId,
    iat: Math.floor(Date.now() / 1000),
    jti: 'one',
    sub: 'emil',
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    ...changes,
  })

  test('that the provider did not sign ends nothing', async () => {
    const { visitor } = await signIn('emil')
    const { privateKey, publicKey } = await generateKeyPair('RS256')
    const { kid } = await (async () => {
      const answer = await fetch(`${provider.issuer}/jwks`)
      return ((await answer.json()) as { keys: { kid: string }[] }).keys[0] ?? { kid: '' }
    })()
    const signed = await new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey)
    const symmetric = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'HS256', kid })
      .sign(new TextEncoder().encode(JSON.stringify(await exportJWK(publicKey))))
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims())).toString('base64url')}.`
    for (const token of ['', 'x', signed, symmetric, unsigned]) expect((await send(token)).status).toBe(400)
    expect(await isIn(visitor)).toBe(true)
  })
})

test('before what matters a person proves anew at the provider to be themself', async () => {
  const { visitor } = await signIn('basia')
  await db()
    .updateTable('staff_session')
    .set({ confirmed_at: new Date(0) })
    .execute()
  const door = await visitor.open(`${product.url}/pracownik/drugi-skladnik?dalej=%2Fpracownik%2Fkonto`)
  const link = /href="(\/pracownik\/oidc\?ponownie[^"]+)"/.exec(door.body)?.[1]?.replaceAll('&amp;', '&')
  const asked = await visitor.open(product.url + (link ?? ''))
  // Signed in there, and asked all the same
  expect(asked.body).toContain('name="login"')
  const page = await visitor.submit(asked, /interaction/, { login: 'basia', password: 'x' })
  const back = page.url.origin === product.url ? page : await visitor.submit(page, /interaction/)
  expect(back.url.pathname).toBe('/pracownik/konto')
  const sessions = await openSessions('basia@example.org')
  expect(sessions.some(({ confirmed_at: at }) => at.getTime() > 0)).toBe(true)
})

test('a provider that is gone lets nobody in, and nobody out less', async () => {
  const { visitor, page } = await signIn('basia')
  await provider.stop()
  const left = await fetch(product.url + start, { redirect: 'manual' })
  const state = new URL(left.headers.get('location') ?? '').searchParams.get('state') ?? ''
  const query = new URLSearchParams({ code: 'x', state, iss: provider.issuer })
  const back = await fetch(`${product.url}${start}/powrot?${query.toString()}`, {
    headers: { cookie: (left.headers.get('set-cookie') ?? '').split(';')[0] ?? '' },
  })
  expect(back.status).toBe(503)
  expect(await back.text()).toContain('nie odpowiada')
  const farewell = await visitor.submit(page, /wyloguj/)
  expect(farewell.status).toBe(200)
  expect(await isIn(visitor)).toBe(false)
})
