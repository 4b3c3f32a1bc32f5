import { samplePassword } from '../../src/main/demo/sample-staff'

/** What a test asks a running product for as somebody of the staff, without a browser. */
export interface StaffClient {
  get(path: string): Promise<Answer>
  post(path: string, fields?: Record<string, string> | FormData): Promise<Answer>
}

export interface Answer {
  status: number
  location: string
  body: string
  headers: Headers
}

const read = async (answer: Response): Promise<Answer> => ({
  status: answer.status,
  location: answer.headers.get('location') ?? '',
  // What is read is compared, not where a line may break
  body: (await answer.text()).replaceAll('\u00a0', ' '),
  headers: answer.headers,
})

/** A client of the product at `url` with this cookie; nobody's without one. */
export function staffClient(url: string, cookie = ''): StaffClient {
  const headers = { cookie, origin: url }
  return {
    get: async (path) => read(await fetch(`${url}${path}`, { headers, redirect: 'manual' })),
    post: async (path, fields = {}) =>
      read(
        await fetch(`${url}${path}`, {
          method: 'POST',
          headers,
          redirect: 'manual',
          body: fields instanceof FormData ? fields : new URLSearchParams(fields),
        }),
      ),
  }
}

/** Signs in with a sample account. */
export async function signedIn(url: string, email: string): Promise<StaffClient> {
  const answer = await staffClient(url).post('/pracownik', { email, password: samplePassword })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0]
  if (answer.status !== 303 || cookie === undefined) throw new Error(`Not signed in: ${answer.status}`)
  return staffClient(url, cookie)
}

/** A form with one file in it. */
export function fileForm(field: string, name: string, content: string | Uint8Array<ArrayBuffer>): FormData {
  const form = new FormData()
  form.append(field, new Blob([content]), name)
  return form
}
