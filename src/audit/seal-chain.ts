import type { Keys } from '../platform/keys'

/** An entry as it lies in the database, with everything that the seal covers. */
export interface SealedFact {
  id: number
  at: Date
  actor: string
  staffId: number | null
  action: string
  subjectKind: string | null
  subjectId: string | null
  branchId: number | null
  details: unknown
}

/** Before the first entry. */
export const noSeal = Buffer.alloc(32)

/** Keys of an object in order, so that the same details always read the same. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, inOrder(inner)]),
  )
}

/** The seal of the entry at this position: a MAC of 32 bytes over it and the seal before it. */
export function sealOf(keys: Keys, position: number, before: Buffer, fact: SealedFact): Buffer {
  const { id, at, actor, staffId, action, subjectKind, subjectId, branchId, details } = fact
  const said = [
    id,
    at.toISOString(),
    actor,
    staffId,
    action,
    subjectKind,
    subjectId,
    branchId,
    inOrder(details),
  ]
  return keys.lookupHash('audit', JSON.stringify([position, before.toString('base64'), said]))
}
