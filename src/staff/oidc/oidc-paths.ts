/** Addresses of the way to the identity provider and back. */
export const oidcPaths = {
  start: '/pracownik/oidc',
  back: '/pracownik/oidc/powrot',
  /** Called by the provider itself. */
  logout: '/zwrotka/oidc/wylogowanie',
} as const
