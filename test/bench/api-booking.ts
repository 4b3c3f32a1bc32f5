import type { BookableTime } from './bookable-times'
import type { Answer, createClient } from './load'

type Client = ReturnType<typeof createClient>

export interface Consent {
  kind: string
  version: string
}

export interface ApiBooking {
  hold: string
  number: string
  email: string
}

/** The consents that a booking must give. */
export async function askedOfEverybody(client: Client): Promise<Consent[]> {
  const answer = await client.send('/api/v1/consents')
  const { consents } = answered(answer, 200) as { consents: Consent[] }
  return consents.map(({ kind, version }) => ({ kind, version }))
}

/** Holds the time and books it for the `n`th person, as a program does it. @throws unless both succeed */
export async function bookByApi(
  client: Client,
  time: BookableTime,
  n: number,
  consents: Consent[],
): Promise<ApiBooking & { manage: string }> {
  const held = await client.send('/api/v1/holds', {
    method: 'POST',
    body: {
      branch: time.branchCode,
      topic: time.topicCode,
      startsAt: time.startsAt.toISOString(),
      language: 'pl',
      postalCode: '02-758',
    },
  })
  const hold = answered(held, 201) as { id: string; secret: string }
  const email = `halina.${n}@example.org`
  const booked = await client.send('/api/v1/visits', {
    method: 'POST',
    headers: { authorization: `Bearer ${hold.secret}` },
    body: {
      hold: hold.id,
      answers: {
        firstName: 'Halina',
        lastName: 'Żółć-Wiśniewska',
        phone: `+48${601_000_000 + n}`,
        email,
        language: 'pl',
      },
      consents,
    },
  })
  const visit = answered(booked, 201) as { number: string; links: { manage: string } }
  return { hold: hold.id, number: visit.number, email, manage: visit.links.manage }
}

function answered({ status, body }: Answer, expected: number): unknown {
  if (status !== expected) throw new Error(`Answered ${status}: ${body.slice(0, 300)}`)
  return JSON.parse(body)
}
