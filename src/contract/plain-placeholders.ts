const placeholder = /\{(\w+)\}/g

/**
 * A text with its plain placeholders filled in; undefined when one is unknown, or when braces or apostrophes say
 * more than that: such a text is a message format's to read, on the server.
 */
export function fillPlaceholders(text: string, values: Readonly<Record<string, string>>): string | undefined {
  if (/[{}']/.test(text.replace(placeholder, ''))) return undefined
  const names = [...text.matchAll(placeholder)].map(([, name = '']) => name)
  if (names.some((name) => !Object.hasOwn(values, name))) return undefined
  return text.replace(placeholder, (_, name: string) => values[name] ?? '')
}
