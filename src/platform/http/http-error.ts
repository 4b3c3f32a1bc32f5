/** What a page or an API answer can say is wrong with a request itself. */
export type HttpErrorCode =
  'not_found' | 'forbidden' | 'bad_input' | 'foreign_origin' | 'too_many' | 'unavailable'

const statuses: Record<HttpErrorCode, number> = {
  not_found: 404,
  forbidden: 403,
  bad_input: 400,
  foreign_origin: 403,
  too_many: 429,
  unavailable: 503,
}

/** Thrown in routes only; the error handler turns it into a page or a JSON answer. */
export class HttpError extends Error {
  override name = 'HttpError'
  readonly code: HttpErrorCode
  readonly statusCode: number
  constructor(code: HttpErrorCode) {
    super(code)
    this.code = code
    this.statusCode = statuses[code]
  }
}

export const notFound = () => new HttpError('not_found')
export const forbidden = () => new HttpError('forbidden')
export const badInput = () => new HttpError('bad_input')
