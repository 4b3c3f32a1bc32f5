const longest = 200
const hidden = '•••'
const shortestWord = 3

/** Whole words only, so that a short name does not tear other words apart; case and spaces make no difference. */
const pattern = (words: readonly string[]): RegExp | undefined => {
  const known = words
    .map((word) => word.trim())
    .filter((word) => word.length >= shortestWord)
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s+'))
  return known.length === 0 ? undefined : new RegExp(known.join('|'), 'giu')
}

const email = /[^\s@"'<>,;:()]+@[^\s@"'<>,;:()]+/g
/** Six digits or more, however they are grouped: phones, PESEL, numbers of documents. */
const longNumber = /\d(?:[\s().+-]?\d){5,}/g

/**
 * What is kept of an endpoint's answer: a few words that help to find the cause. An endpoint that repeats
 * what it was sent must not make us keep it: what was said of the client is hidden, and so is everything
 * that looks like an address or a number of a person.
 */
export function responseExcerpt(text: string, personal: readonly string[]): string {
  const oneLine = text
    // A cut-off sign at the end, and whatever could change the look of a page or a terminal
    .replace(/[\p{C}\uFFFD]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const known = pattern(personal.flatMap((words) => [words, ...words.split(/\s+/)]))
  const clean = (known ? oneLine.replace(known, hidden) : oneLine)
    .replace(email, hidden)
    .replace(longNumber, hidden)
  return clean.length > longest ? `${clean.slice(0, longest - 1)}…` : clean
}
