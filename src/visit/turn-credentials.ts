import { createHmac } from 'node:crypto'
import type { TurnConfig } from '../config/config'

export interface IceServer {
  urls: string[]
  username: string
  credential: string
}

/**
 * Credentials of one participant at the relay servers, by the TURN REST scheme: the user name holds the end of
 * their validity, the password is its MAC under the shared secret. No relay configured: none.
 * @param user names the participant in the relay's log; no personal data
 */
export function turnCredentials(turn: TurnConfig | undefined, user: string, now: Date): IceServer[] {
  if (!turn || turn.urls.length === 0) return []
  const expires = Math.floor(now.getTime() / 1000) + turn.credentialSeconds
  const username = `${expires}:${user}`
  const credential = createHmac('sha1', turn.secret.reveal()).update(username).digest('base64')
  return [{ urls: [...turn.urls], username, credential }]
}
