/** What stops the set-up: one sentence with the remedy, for the person at the terminal. */
export class SetupFailure extends Error {
  constructor(message, exitCode) {
    super(message)
    this.exitCode = exitCode
  }
}

/** @returns {never} */
export function fail(message, exitCode = 1) {
  throw new SetupFailure(message, exitCode || 1)
}
