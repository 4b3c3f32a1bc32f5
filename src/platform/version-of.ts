import { createHash } from 'node:crypto'

/**
 * A short name of what something says, for a form that changes it: when it says something else by then, somebody
 * was faster. Two that say the same have the same version.
 */
export const versionOf = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 16)
