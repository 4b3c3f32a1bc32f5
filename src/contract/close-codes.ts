/** A socket's link opens nothing any more: the page asks the server what it shows now. */
export const linkEndedCode = 4410
