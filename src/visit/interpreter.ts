import type { Keys } from '../platform/keys'

const context = (visitId: string) => `visit.interpreter:${visitId}`

/** Longest name of an interpreter, in characters. */
export const longestInterpreterName = 100

/** For the column visit.interpreter. */
export const sealInterpreter = (keys: Keys, visitId: string, name: string): Buffer =>
  keys.seal(name, context(visitId))

/** The name of the interpreter who was invited; null when nobody was. */
export const readInterpreter = (
  keys: Keys,
  visit: { id: string; interpreter: Buffer | null },
): string | null => visit.interpreter && keys.unseal(visit.interpreter, context(visit.id))
