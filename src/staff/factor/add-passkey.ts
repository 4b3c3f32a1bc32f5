import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { z } from 'zod'
import type { Db } from '../../platform/db'
import { uuidV7 } from '../../platform/uuid'
import { setChallenge, takeChallenge } from '../session-store'
import type { Staff } from '../staff'
import { type AddedFactor, addFactor } from './add-factor'
import { insertPasskey, passkeysOf } from './factor-store'
import { challengeUntil, type RelyingParty } from './relying-party'

interface Owner {
  sessionId: string
  staff: Staff
  party: RelyingParty
  now: Date
}

/** What the browser is to ask a new passkey. */
export async function askNewPasskey(
  db: Db,
  { sessionId, staff, party, now }: Owner,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const options = await generateRegistrationOptions({
    rpName: party.name,
    rpID: party.id,
    userName: staff.email,
    userDisplayName: staff.name,
    userID: new TextEncoder().encode(`staff-${staff.id}`),
    attestationType: 'none',
    excludeCredentials: (await passkeysOf(db, staff.id)).map(({ credentialId, transports }) => ({
      id: credentialId,
      transports,
    })),
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'discouraged' },
  })
  await setChallenge(db, sessionId, { text: options.challenge, until: challengeUntil(now) })
  return options
}

const text = z.string().max(40_000)
const answerSchema = z.object({
  id: text,
  rawId: text,
  type: z.literal('public-key'),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
  response: z.object({
    clientDataJSON: text,
    attestationObject: text,
    transports: z.array(z.string().max(20)).max(10).default([]),
  }),
})

const longestName = 60

/** Keeps the passkey that the browser made; `name` is the person's own word for it. */
export async function addPasskey(
  db: Db,
  { sessionId, staff, party, now, name, answer }: Owner & { name: string; answer: unknown },
): Promise<AddedFactor> {
  const challenge = await takeChallenge(db, sessionId, now)
  const response = answerSchema.safeParse(answer)
  if (challenge === undefined || !response.success) return { ok: false, reason: 'wrong' }
  const verified = await verifyRegistrationResponse({
    response: response.data,
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: false,
    // It throws for what no honest browser sends
  }).catch(() => undefined)
  if (!verified?.verified) return { ok: false, reason: 'wrong' }
  const { id, publicKey, counter } = verified.registrationInfo.credential
  return addFactor(db, { staffId: staff.id, kind: 'passkey', now }, (tx) =>
    insertPasskey(tx, {
      id: uuidV7(now),
      ...{ staffId: staff.id, credentialId: id, publicKey: Buffer.from(publicKey), counter, now },
      transports: response.data.response.transports,
      name: name.trim().slice(0, longestName),
    }),
  )
}
