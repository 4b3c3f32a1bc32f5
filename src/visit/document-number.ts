/** Identity card, passport, driving licence, residence card and PESEL, as people write them. */
const patterns = [/\b[A-Z]{2,3}[ -]?\d{6,7}\b/i, /\b\d{5}[ /]?\d{2}[ /]?\d{4}\b/, /\b\d{11}\b/]

/** Whether words hold what looks like the number of a document: such numbers are never kept (product.md). */
export const holdsDocumentNumber = (words: string): boolean => patterns.some((pattern) => pattern.test(words))
