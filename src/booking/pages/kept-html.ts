const kept = new WeakMap<object, Map<string, string>>()
const mostPerSource = 20

/**
 * HTML that depends only on `source` and `name`: made once for as long as the source lives. Times are read at
 * most once a second, however many look at them; so is their page put together.
 */
export const keptHtml = (source: object, name: string, make: () => string): string => {
  const names = kept.get(source) ?? new Map<string, string>()
  const known = names.get(name)
  if (known !== undefined) return known
  const html = make()
  if (names.size < mostPerSource) names.set(name, html)
  kept.set(source, names)
  return html
}
