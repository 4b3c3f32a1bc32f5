/** A text as it was typed: line ends of one kind, nothing blank around it; '' for what was not sent. */
export const typedText = (body: unknown, field: string): string => {
  const value = (body as Readonly<Record<string, unknown>> | null | undefined)?.[field]
  return typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : ''
}

/** A count that a form carried along, -1 for what is none. */
export const typedNumber = (body: unknown, field: string): number => {
  const text = typedText(body, field)
  return /^\d{1,9}$/.test(text) ? Number(text) : -1
}
