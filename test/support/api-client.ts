/** What the REST API answered to a program. */
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

/** The free times that the branch offers on the topic from a day on (else from today), the earliest first. */
export async function freeTimes(
  url: string,
  { branch, topic, days, from }: { branch: string; topic: string; days: number; from?: string },
): Promise<string[]> {
  const since = from === undefined ? '' : `&from=${from}`
  const { body } = await callApi(url, `/times?branch=${branch}&topic=${topic}&days=${days}${since}`)
  return (body as unknown as Times).days.flatMap(({ times }) =>
    times.filter(({ free }) => free).map(({ startsAt }) => startsAt),
  )
}

export interface HeldTime {
  id: unknown
  secret: unknown
}

/** Holds the time, or answers why not. @throws when no whole answer arrives */
export async function holdTime(
  url: string,
  { branch, topic, startsAt }: Pick<ApiBooking, 'branch' | 'topic' | 'startsAt'>,
): Promise<{ ok: true; held: HeldTime } | { ok: false; answer: ApiAnswer }> {
  const answer = await callApi(url, '/holds', { branch, topic, startsAt, language: 'pl' })
  const { id, secret } = answer.body
  return answer.status === 201 ? { ok: true, held: { id, secret } } : { ok: false, answer }
}

/** Books a time that is held, with all consents. @throws when no whole answer arrives */
export async function bookHeldTime(
  url: string,
  { id, secret }: HeldTime,
  { phone, email }: Pick<ApiBooking, 'phone' | 'email'>,
): Promise<ApiAnswer> {
  const { body: asked } = await callApi(url, '/consents')
  const consents = (asked['consents'] as { kind: string; version: string }[]).map(({ kind, version }) => ({
    kind,
    version,
  }))
  const answers = { firstName: 'Halina', lastName: 'Żółć-Wiśniewska', phone, email, language: 'pl' }
  return callApi(url, '/visits', { hold: id, answers, consents }, secret)
}

/** Holds the time and books it: the answer of the step where it ended. @throws when no whole answer arrives */
export async function bookThroughApi(url: string, booking: ApiBooking): Promise<ApiAnswer> {
  const hold = await holdTime(url, booking)
  return hold.ok ? bookHeldTime(url, hold.held, booking) : hold.answer
}
