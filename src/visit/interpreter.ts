import { linkVersionOf, type VisitRow } from '../booking/visit-links'
import type { Keys } from '../platform/keys'
import { signLink } from '../platform/signed-link'

const context = (visitId: string) => `visit.interpreter:${visitId}`

/** Longest name of an interpreter, in characters. */
export const longestInterpreterName = 100

/** Where the invited interpreter comes in. `publicUrl` without a trailing slash. */
export const interpreterUrl = (publicUrl: string, keys: Keys, visit: VisitRow): string =>
  `${publicUrl}/spotkanie/${signLink(keys, 'interpreter', visit.id, linkVersionOf(visit, 'interpreter'))}`

/** For the column visit.interpreter. */
export const sealInterpreter = (keys: Keys, visitId: string, name: string): Buffer =>
  keys.seal(name, context(visitId))

/** The name of the interpreter who was invited; null when nobody was. */
export const readInterpreter = (
  keys: Keys,
  visit: { id: string; interpreter: Buffer | null },
): string | null => visit.interpreter && keys.unseal(visit.interpreter, context(visit.id))
