/** What stands in a cell; null is an empty one. */
export type CsvCell = string | number | null

/** So that Excel takes the file for UTF-8. */
export const byteOrderMark = '\uFEFF'

/** A text that a spreadsheet would take for a formula gets an apostrophe, which makes it a text (OWASP, CSV injection). */
const harmless = (text: string): string =>
  /^[\s]*[=+\-@|]/.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text

const cell = (value: CsvCell): string => {
  if (value === null) return ''
  // A spreadsheet that speaks Polish writes a comma
  if (typeof value === 'number') return String(value).replace('.', ',')
  const text = harmless(value)
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One line of a table for spreadsheets, cells parted by semicolons, as Excel reads them in Polish. */
export const csvLine = (cells: readonly CsvCell[]): string => `${cells.map(cell).join(';')}\r\n`
