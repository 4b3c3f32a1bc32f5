/** A socket's link opens nothing any more: the page asks the server what it shows now. */
export const linkEndedCode = 4410

/** Codes with which the server closes a journal's socket for good; after any other the page comes back. */
export const journalCloseCodes = {
  /** Not this officer's visit, no consent, or the visit has ended and this session is new. */
  refused: 4403,
  /** The session goes on over a newer socket. */
  replaced: 4409,
  /** The recording was erased. */
  erased: 4410,
} as const
