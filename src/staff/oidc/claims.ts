import type { OidcConfig } from '../../config/config'
import { isStaffRole, type StaffRole } from '../staff'

/** All that the identity provider says about a person. */
export type Claims = Readonly<Record<string, unknown>>

/** A person as the identity provider knows them, in our words. */
export interface ProviderPerson {
  name: string
  /** In small letters. */
  email: string
  emailVerified: boolean
  role: StaffRole
  /** Null: all branches. */
  branchCode: string | null
}

export type ReadClaims =
  { ok: true; person: ProviderPerson } | { ok: false; reason: 'claims' | 'role' | 'branch' }

export const allBranches = '*'
const longestText = 254

/** The claim at a path of names: `realm_access.roles`. A name that holds dots itself (an address) is found first. */
function claimAt(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path]
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, name)
          ? (value as Claims)[name]
          : undefined,
      claims,
    )
}

/** A claim that is one text or a list of them. */
const textsAt = (claims: Claims, path: string): string[] => {
  const value = claimAt(claims, path)
  const values: unknown[] = Array.isArray(value) ? value : [value]
  return values.filter((one) => typeof one === 'string')
}

/** The one meaning that the values have; those that mean nothing to us are passed over. */
function onlyMeaning(values: readonly string[], meaningOf: (value: string) => string | undefined) {
  const meanings = new Set(values.map(meaningOf).filter((meaning) => meaning !== undefined))
  return meanings.size === 1 ? [...meanings][0] : undefined
}

/**
 * Who a person is to us. Refused is everything that is not plain: no name or address, no role or branch that the
 * configuration knows, or more than one.
 */
export function readClaims(
  config: Pick<OidcConfig, 'roleClaim' | 'roles' | 'branchClaim' | 'branches'>,
  claims: Claims,
  isBranch: (code: string) => boolean,
): ReadClaims {
  const [name = ''] = textsAt(claims, 'name')
  const [email = ''] = textsAt(claims, 'email')
  if (
    name.trim() === '' ||
    !/^[^\s@]+@[^\s@]+$/.test(email) ||
    Math.max(name.length, email.length) > longestText
  )
    return { ok: false, reason: 'claims' }
  const role = onlyMeaning(textsAt(claims, config.roleClaim), (value) => config.roles.get(value))
  if (role === undefined || !isStaffRole(role)) return { ok: false, reason: 'role' }
  const branch = onlyMeaning(textsAt(claims, config.branchClaim), (value) =>
    config.branches ? config.branches.get(value) : value,
  )
  if (branch === undefined || (branch !== allBranches && !isBranch(branch)))
    return { ok: false, reason: 'branch' }
  return {
    ok: true,
    person: {
      name: name.trim(),
      email: email.toLowerCase(),
      emailVerified: claims.email_verified === true,
      role,
      branchCode: branch === allBranches ? null : branch,
    },
  }
}
