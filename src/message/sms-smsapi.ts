import { z } from 'zod'
import type { Clock } from '../platform/clock'
import { type Accepted, DeliveryError } from './delivery'
import { callProvider } from './http-provider'
import type { SmsProvider } from './sms-channel'

interface SmsapiSettings {
  token: string
  /** Name registered with SMSAPI, at most 11 signs. */
  sender: string
  /** Of the API; another one for its backup or a test. */
  baseUrl?: string
  /** Where SMSAPI reports what became of a message; without it no message gets beyond "sent". */
  reportUrl?: string
  clock: Clock
}

export const defaultSmsapiUrl = 'https://api.smsapi.pl'

/** SMSAPI takes an expiry between one and twelve hours ahead, counted from the request. */
const shortestLifeMilliseconds = 61 * 60_000
const longestLifeMilliseconds = 719 * 60_000

const answerSchema = z.union([
  z.object({ error: z.coerce.number() }),
  z.object({ list: z.array(z.object({ id: z.coerce.string(), error: z.coerce.number().nullish() })).min(1) }),
])

/** "IDX already used": an earlier try of this very message was taken. */
const alreadyTaken = 53
/** "Expiry too near or too far": their limits are not ours to guess, so the SMS goes out without one. */
const expiryRefused = 56
/** Text, number or our request is refused. */
const permanentErrors = new Set([8, 11, 12, 13, 17, 18, 20, 27, 28, 52, 54])
/** Sender, token, credit, address of the caller, or the service itself: it concerns every message. */
const outageErrors = new Set([14, 101, 102, 103, 105, 110, 200, 201, 203, 666, 999, 1000, 1001, 1002])

/**
 * SMSAPI (api.smsapi.pl). The message's id goes along as `idx` and is checked there, so that a try
 * repeated after a crash is taken once.
 */
export function createSmsapiProvider(settings: SmsapiSettings): SmsProvider {
  const { token, sender, baseUrl = defaultSmsapiUrl, reportUrl, clock } = settings
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/x-www-form-urlencoded',
  }

  const call = async (fields: Record<string, string>, signal: AbortSignal) => {
    const body = new URLSearchParams(fields).toString()
    return readAnswer(await callProvider('SMSAPI', `${baseUrl}/sms.do`, { headers, body }, signal))
  }

  return {
    name: 'smsapi',
    send: async ({ id, to, text, uselessAfter }, signal) => {
      const fields = {
        to: to.replace(/^\+/, ''),
        message: text,
        from: sender,
        format: 'json',
        encoding: 'utf-8',
        max_parts: '1',
        idx: idxOf(id),
        check_idx: '1',
        ...(reportUrl !== undefined && { notify_url: reportUrl }),
      }
      const expiring = { ...fields, expiration_date: String(expiry(uselessAfter, clock.now())) }
      const answer = await call(expiring, signal)
      return acceptedOrThrow(answer.error === expiryRefused ? await call(fields, signal) : answer)
    },
    standing: async (signal) => {
      const request = { method: 'GET' as const, headers: { authorization: `Bearer ${token}` } }
      const { status, text } = await callProvider('SMSAPI', `${baseUrl}/profile`, request, signal)
      if (status !== 200) throw new DeliveryError(`SMSAPI HTTP ${status}`, { outage: true })
      return { credit: creditOf(text) }
    },
  }
}

/** Points left; null for an account that pays afterwards, which is told none. */
function creditOf(text: string): number | null {
  try {
    const { points } = JSON.parse(text) as { points?: unknown }
    return typeof points === 'number' ? points : null
  } catch {
    return null
  }
}

/** Our UUID without hyphens: letters and digits only. */
const idxOf = (id: string) => id.replaceAll('-', '')

const expiry = (uselessAfter: Date, now: Date): number => {
  const life = uselessAfter.getTime() - now.getTime()
  const allowed = Math.min(Math.max(life, shortestLifeMilliseconds), longestLifeMilliseconds)
  return Math.floor((now.getTime() + allowed) / 1000)
}

interface Answer {
  id: string | null
  error: number | null
}

function readAnswer({ status, text }: { status: number; text: string }): Answer {
  const answer = parse(text)
  if (answer === undefined) throw new DeliveryError(`SMSAPI HTTP ${status}`, { outage: true })
  if ('error' in answer) return { id: null, error: answer.error }
  const [first] = answer.list
  return { id: first?.id ?? null, error: first?.error ?? null }
}

const acceptedOrThrow = ({ id, error }: Answer): Accepted => {
  if (!error || error === alreadyTaken) return { providerId: id }
  throw new DeliveryError(`SMSAPI ${error}`, {
    permanent: permanentErrors.has(error),
    outage: outageErrors.has(error),
  })
}

const parse = (text: string): z.infer<typeof answerSchema> | undefined => {
  try {
    return answerSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
