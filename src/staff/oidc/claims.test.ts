import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readClaims } from './claims'

const config = {
  roleClaim: 'roles',
  roles: new Map([
    ['EW-Pracownik', 'officer'],
    ['EW-Kierownik', 'supervisor'],
    ['EW-Inny-Kierownik', 'supervisor'],
  ]),
  branchClaim: 'branch',
  branches: undefined,
}
const isBranch = (code: string) => ['WAW3', 'KRK'].includes(code)
const ewa = { name: ' Ewa Maj ', email: 'Ewa.Maj@example.org', roles: ['EW-Pracownik'], branch: 'WAW3' }
const read = (changes: Record<string, unknown>, more = {}) =>
  readClaims({ ...config, ...more }, { ...ewa, ...changes }, isBranch)

test('a person has one role, one branch, a name and an address', () => {
  expect(read({})).toEqual({
    ok: true,
    person: {
      name: 'Ewa Maj',
      email: 'ewa.maj@example.org',
      emailVerified: false,
      role: 'officer',
      branchCode: 'WAW3',
    },
  })
})

describe('roles', () => {
  test('of other systems beside ours are passed over', () => {
    expect(read({ roles: ['offline_access', 'EW-Pracownik', 'officer'] })).toMatchObject({ ok: true })
  })
  test('may be one text, and two values of one role are one role', () => {
    expect(read({ roles: 'EW-Kierownik' })).toMatchObject({ person: { role: 'supervisor' } })
    expect(read({ roles: ['EW-Kierownik', 'EW-Inny-Kierownik'] })).toMatchObject({ ok: true })
  })
  test('may lie inside another claim', () => {
    const inside = { roleClaim: 'realm_access.roles' }
    expect(read({ realm_access: { roles: ['EW-Kierownik'] } }, inside)).toMatchObject({ ok: true })
    expect(read({ realm_access: null }, inside)).toEqual({ ok: false, reason: 'role' })
    expect(
      read({ 'https://x.example/r': 'EW-Kierownik' }, { roleClaim: 'https://x.example/r' }),
    ).toMatchObject({
      ok: true,
    })
  })
  test.each([
    ['none', undefined],
    ['an empty list', []],
    ['an unknown one', ['administrator']],
    ['our own word for a role', ['officer']],
    ['two of ours', ['EW-Pracownik', 'EW-Kierownik']],
    ['no text', [1, null, {}]],
    ['a name of every object', ['constructor', '__proto__']],
  ])('that are %s are refused', (_what, roles) => {
    expect(read({ roles })).toEqual({ ok: false, reason: 'role' })
  })
})

describe('branches', () => {
  test('are codes, or all of them', () => {
    expect(read({ branch: '*' })).toMatchObject({ person: { branchCode: null } })
  })
  test('may have other names at the provider', () => {
    const branches = new Map([
      ['310000', 'WAW3'],
      ['centrala', '*'],
    ])
    expect(read({ branch: '310000' }, { branches })).toMatchObject({ person: { branchCode: 'WAW3' } })
    expect(read({ branch: ['centrala'] }, { branches })).toMatchObject({ person: { branchCode: null } })
    expect(read({ branch: 'WAW3' }, { branches })).toEqual({ ok: false, reason: 'branch' })
  })
  test.each([
    ['missing', undefined],
    ['unknown', 'GDN'],
    ['two', ['WAW3', 'KRK']],
    ['empty', ''],
  ])('that are %s are refused', (_what, branch) => {
    expect(read({ branch })).toEqual({ ok: false, reason: 'branch' })
  })
})

test.each([
  [{ name: undefined }],
  [{ name: ' ' }],
  [{ email: undefined }],
  [{ email: 'ewa' }],
  [{ email: 7 }],
])('without a name or an address (%o) nobody comes in', (changes) => {
  expect(read(changes)).toEqual({ ok: false, reason: 'claims' })
})

test('whatever a provider sends is read or refused, and only mapped roles come out', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('roles', 'branch', 'name', 'email', 'x'), fc.jsonValue()),
      (claims) => {
        const result = readClaims(config, claims, isBranch)
        if (result.ok) expect(['officer', 'supervisor']).toContain(result.person.role)
      },
    ),
  )
})
