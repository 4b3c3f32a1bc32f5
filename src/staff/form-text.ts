/** A field of a form as text; '' for what is missing or was sent twice. */
export function formText(body: unknown, name: string): string {
  const value = (body as Record<string, unknown> | undefined)?.[name]
  return typeof value === 'string' ? value : ''
}

/** All values of a field that may be ticked more than once. */
export function formTexts(body: unknown, name: string): string[] {
  const value = (body as Record<string, unknown> | undefined)?.[name]
  const values: unknown[] = Array.isArray(value) ? value : [value]
  return values.filter((one) => typeof one === 'string')
}

/** What a script sent as JSON in a field; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
