import type { DeskAnswer } from '../../contract/desk-boot'

const longestMilliseconds = 15_000

/** Sends what the form of a page without script would send; undefined when the server could not be reached. */
export async function sendForm(address: string, fields: URLSearchParams): Promise<DeskAnswer | undefined> {
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: fields,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(longestMilliseconds),
    })
    return (await response.json()) as DeskAnswer
  } catch {
    return undefined
  }
}

/** Address of one visit. */
export const addressOf = (pattern: string, visitId: string): string => pattern.replace('{id}', visitId)
