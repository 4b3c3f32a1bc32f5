/** A program that books through the REST API. */
export interface ApiAnswer {
  status: number
  body: Record<string, unknown>
}

export interface ApiBooking {
  branch: string
  topic: string
  startsAt: string
  phone: string
  email: string
}

/** Calls the API at `url`. @throws when no whole answer arrives */
export async function callApi(
  url: string,
  path: string,
  body?: object,
  secret?: unknown,
): Promise<ApiAnswer> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(typeof secret === 'string' && { authorization: `Bearer ${secret}` }),
    },
  })
  return { status: answer.status, body: (await answer.json()) as ApiAnswer['body'] }
}

interface Times {
  days: { times: { startsAt: string; free: boolean }[] }[]
}

/** The free times that the branch offers on the topic, the earliest first. */
export async function freeTimes(
  url: string,
  { branch, topic, days = 31 }: { branch: string; topic: string; days?: number },
): Promise<string[]> {
  const { body } = await callApi(url, `/times?branch=${branch}&topic=${topic}&days=${days}`)
  return (body as unknown as Times).days.flatMap(({ times }) =>
    times.filter(({ free }) => free).map(({ startsAt }) => startsAt),
  )
}

/** Holds the time and books it: the answer of the step where it ended. @throws when no whole answer arrives */
export async function bookThroughApi(url: string, booking: ApiBooking): Promise<ApiAnswer> {
  const { branch, topic, startsAt, phone, email } = booking
  const held = await callApi(url, '/holds', { branch, topic, startsAt, language: 'pl' })
  if (held.status !== 201) return held
  const { body: asked } = await callApi(url, '/consents')
  const consents = (asked['consents'] as { kind: string; version: string }[]).map(({ kind, version }) => ({
    kind,
    version,
  }))
  const answers = { firstName: 'Halina', lastName: 'Żółć-Wiśniewska', phone, email, language: 'pl' }
  return callApi(url, '/visits', { hold: held.body['id'], answers, consents }, held.body['secret'])
}
