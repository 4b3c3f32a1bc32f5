import type { FastifyRequest } from 'fastify'
import type { OidcConfig } from '../../config/config'
import type { Directory } from '../../institution/directory'
import type { Bus } from '../../platform/bus'
import { type Db, inTransaction, type Tx } from '../../platform/db'
import type { Keys } from '../../platform/keys'
import { auditStaff } from '../audit-staff'
import { noteRefusal, noteSignIn } from '../note-sign-in'
import { tieToProvider } from '../session-store'
import type { Staff, StaffRole } from '../staff'
import { openSession, tellSessionsEnded } from '../staff-session'
import { insertStaff } from '../staff-store'
import { type ProviderPerson, readClaims } from './claims'
import type { Arrival } from './identity-provider'
import { identityHash, providerSessionHash } from './provider-hashes'
import {
  accountOfEmail,
  accountOfIdentity,
  type ProviderAccount,
  updateFromProvider,
} from './provider-account-store'

export type ProviderSignIn =
  | { ok: true; token: string; role: StaffRole }
  | { ok: false; reason: 'claims' | 'role' | 'branch' | 'email' | 'closed' }

interface Parts {
  arrival: Arrival
  config: OidcConfig
  directory: Directory
  keys: Keys
  bus: Bus
  request: FastifyRequest
  now: Date
}

/**
 * Signs in whom the identity provider vouches for. Their account is made at the first time; name, address, role and
 * branch follow the provider each time. Nobody gets in whose claims are not plain to us.
 */
export async function signInByProvider(db: Db, parts: Parts): Promise<ProviderSignIn> {
  const { arrival, config, directory, keys, request, now } = parts
  const read = readClaims(config, arrival.claims, (code) => directory.branchByCode(code) !== undefined)
  if (!read.ok) {
    await noteRefusal(db, { staffId: null, reason: read.reason, now })
    return read
  }
  return inTransaction(db, async (tx) => {
    const account = await takeAccount(tx, parts, read.person)
    if ('reason' in account) {
      await noteRefusal(tx, { staffId: account.id, reason: account.reason, now })
      return { ok: false, reason: account.reason }
    }
    const staffId = account.id
    const { id, token } = await openSession(tx, { staffId, stage: 'open', way: 'oidc', request, now })
    if (arrival.session !== undefined)
      await tieToProvider(tx, id, providerSessionHash(keys, arrival.issuer, arrival.session))
    await noteSignIn(tx, { staffId, way: 'oidc', now })
    return { ok: true, token, role: read.person.role }
  })
}

type Taken = { id: number } | { id: number | null; reason: 'email' | 'closed' }

/** The account of the person, made or brought up to date. */
async function takeAccount(tx: Tx, parts: Parts, person: ProviderPerson): Promise<Taken> {
  const { arrival, directory, keys } = parts
  const identity = identityHash(keys, arrival.issuer, arrival.subject)
  const branchId = person.branchCode === null ? null : (directory.branchByCode(person.branchCode)?.id ?? null)
  const known = await accountOfIdentity(tx, identity)
  const sameEmail = await accountOfEmail(tx, person.email)
  const account = known ?? sameEmail
  // An address that nobody checked must not open somebody else's account
  const isOthers = sameEmail !== undefined && sameEmail.id !== known?.id
  if (isOthers && (known !== undefined || sameEmail.hasIdentity || !person.emailVerified))
    return { id: sameEmail.id, reason: 'email' }
  if (account && !account.active) return { id: account.id, reason: 'closed' }
  const wanted = { ...person, branchId, identity }
  return account ? update(tx, parts, account, wanted) : make(tx, parts, wanted)
}

type Wanted = ProviderPerson & { branchId: number | null; identity: Buffer }

async function make(tx: Tx, { directory, now }: Parts, wanted: Wanted): Promise<Taken> {
  const { name, email, role, branchId, identity } = wanted
  const topicIds = directory.topics.map(({ id }) => id)
  const id = await insertStaff(tx, {
    ...{ name, email, role, branchId, topicIds },
    passwordHash: null,
    identityHash: identity,
  })
  await auditStaff(tx, {
    action: 'staff.account_made',
    about: id,
    by: 'system',
    now,
    branchId,
    details: { role },
  })
  return { id }
}

async function update(tx: Tx, { bus, now }: Parts, account: ProviderAccount, wanted: Wanted): Promise<Taken> {
  const { id } = account
  const { name, email, role, branchId, identity } = wanted
  await updateFromProvider(tx, id, { name, email, role, branchId, identity })
  const changed = (what: keyof Pick<Staff, 'role' | 'branchId'>) => account[what] !== wanted[what]
  const about = { about: id, by: 'system', now, branchId } as const
  if (changed('role'))
    await auditStaff(tx, {
      ...about,
      action: 'staff.role_changed',
      details: { from: account.role, to: role },
    })
  if (changed('branchId'))
    await auditStaff(tx, {
      ...about,
      action: 'staff.branch_changed',
      details: { from: account.branchId, to: branchId },
    })
  if (changed('role') || changed('branchId')) await tellSessionsEnded(tx, bus, id)
  return { id }
}
