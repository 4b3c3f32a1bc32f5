/** An address with a query; absent and empty values are left out. */
export const withQuery = (
  path: string,
  values: Readonly<Record<string, string | null | undefined>>,
): string => {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) if (value) query.set(name, value)
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}
