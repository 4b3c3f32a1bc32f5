/** The five digits of a typed postal code ('02-758', '02758', stray spaces and dashes), or undefined. */
export function parsePostalCode(text: string): string | undefined {
  const digits = text.replace(/[\s\u2010-\u2015\u2212-]/g, '')
  return /^[0-9]{5}$/.test(digits) ? digits : undefined
}

/** '02758' as people write it: '02-758'. */
export function formatPostalCode(fiveDigits: string): string {
  return `${fiveDigits.slice(0, 2)}-${fiveDigits.slice(2)}`
}
