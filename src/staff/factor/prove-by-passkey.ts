import {
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server'
import { z } from 'zod'
import type { Db } from '../../platform/db'
import { setChallenge, takeChallenge } from '../session-store'
import { passkeysOf, usePasskey } from './factor-store'
import { challengeUntil, type RelyingParty } from './relying-party'

interface Prover {
  sessionId: string
  staffId: number
  party: RelyingParty
  now: Date
}

/** What the browser is to ask the person's passkeys; undefined when they have none. */
export async function askPasskey(
  db: Db,
  { sessionId, staffId, party, now }: Prover,
): Promise<PublicKeyCredentialRequestOptionsJSON | undefined> {
  const passkeys = await passkeysOf(db, staffId)
  if (passkeys.length === 0) return undefined
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    allowCredentials: passkeys.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    // The password was the thing one knows; this is the thing one has
    userVerification: 'discouraged',
  })
  await setChallenge(db, sessionId, { text: options.challenge, until: challengeUntil(now) })
  return options
}

const text = z.string().max(20_000)
const answerSchema = z.object({
  id: text,
  rawId: text,
  type: z.literal('public-key'),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
  response: z.object({
    clientDataJSON: text,
    authenticatorData: text,
    signature: text,
    userHandle: text.optional(),
  }),
})

/** Whether the browser's answer proves that one of the person's passkeys is at hand; each challenge counts once. */
export async function proveByPasskey(
  db: Db,
  { sessionId, staffId, party, now, answer }: Prover & { answer: unknown },
): Promise<boolean> {
  const challenge = await takeChallenge(db, sessionId, now)
  const response = answerSchema.safeParse(answer)
  if (challenge === undefined || !response.success) return false
  const passkey = (await passkeysOf(db, staffId)).find(
    ({ credentialId }) => credentialId === response.data.id,
  )
  if (!passkey) return false
  const { id, credentialId, publicKey, counter } = passkey
  const verified = await verifyAuthenticationResponse({
    response: response.data as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    credential: { id: credentialId, publicKey: new Uint8Array(publicKey), counter },
    requireUserVerification: false,
    // It throws for what no honest browser sends
  }).catch(() => undefined)
  if (!verified?.verified) return false
  return usePasskey(db, { id, counter, newCounter: verified.authenticationInfo.newCounter, now })
}
