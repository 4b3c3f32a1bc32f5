/** As people write them, with or without blanks; sums of money are no numbers of documents. */
const documents = [
  // Identity card, and older residence cards
  /\b[A-Z]{3}[ -]?\d{6}\b(?!\s*(?:zł|pln|eur))/i,
  /\b[A-Z]{3} \d{3} \d{3}\b/,
  // Passport, residence card
  /\b[A-Z]{2}[ -]?\d{7}\b(?!\s*(?:zł|pln|eur))/i,
  // Driving licence
  /\b\d{5}[ /]\d{2}[ /]\d{4}\b/,
]

/** Eleven digits with single signs between them; after a plus they are a phone number. */
const elevenDigits = /(?<![+\d])(?:\d[ ./-]?){10}\d(?!\d)/g

const weights = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]
const isPesel = (digits: string): boolean => {
  const month = Number(digits.slice(2, 4)) % 20
  const day = Number(digits.slice(4, 6))
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 && sum % 10 === 0
}

/** One mistyped is a number all the same, unless it is broken up as a phone number or a date is. */
const looksLikePesel = (found: string): boolean => /^\d+$/.test(found) || isPesel(found.replace(/\D/g, ''))

/** Whether words hold what looks like the number of a document or a PESEL: such numbers are never kept. */
export const holdsDocumentNumber = (words: string): boolean =>
  documents.some((pattern) => pattern.test(words)) ||
  [...words.matchAll(elevenDigits)].some(([found]) => looksLikePesel(found))
