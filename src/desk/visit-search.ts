/** What somebody looks for, in letters that compare: 'ŻÓŁĆ ' -> ['zolc']. */
export const searchWords = (text: string): string[] =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ł/g, 'l')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')

/** Whether every word that was typed begins a word of the name. */
export function nameMatches(wanted: readonly string[], name: string): boolean {
  const words = searchWords(name)
  return wanted.length > 0 && wanted.every((typed) => words.some((word) => word.startsWith(typed)))
}
