const networkCode = /^(E[A-Z]+|UND_ERR_\w+|ABORT_ERR)$/

/** Whether the provider did not answer at all, or answered with a fault of its own; else it refused. */
export function isProviderAway(error: unknown): boolean {
  for (let one: unknown = error; one instanceof Error; one = one.cause) {
    const { code, name, status } = one as { code?: unknown; name: string; status?: unknown }
    if (typeof code === 'string' && networkCode.test(code)) return true
    if (name === 'TimeoutError' || (typeof status === 'number' && status >= 500)) return true
  }
  const { cause } = error as { cause?: unknown }
  // A page of a proxy instead of the provider's own answer
  return cause instanceof Response && cause.status >= 500
}
