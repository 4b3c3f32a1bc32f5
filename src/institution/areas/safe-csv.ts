// A spreadsheet runs what begins like this; an apostrophe makes it text again
const runs = /^[=+\-@\t\r]/

const cell = (text: string): string => {
  const harmless = runs.test(text) ? `'${text}` : text
  return /[";\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** A file that a Polish spreadsheet opens by double click: UTF-8 with its mark, semicolons, no cell that runs. */
export const safeCsv = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${rows.map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`
