/** Constant for the life of the process: one object, made once, instead of work at each request. */
export function securityHeaders(publicUrl: string): Readonly<Record<string, string>> {
  const { host, protocol } = new URL(publicUrl)
  const isSecure = protocol === 'https:'
  // 'self' does not cover sockets in Safari before 15.4
  const sockets = `${isSecure ? 'wss' : 'ws'}://${host}`
  const policy = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self' data:",
    'font-src': "'self'",
    'connect-src': `'self' ${sockets}`,
    'media-src': "'self' blob:",
    'worker-src': "'self'",
    'frame-src': "'self'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
    'base-uri': "'none'",
  }
  return {
    'content-security-policy': Object.entries(policy)
      .map((directive) => directive.join(' '))
      .join('; '),
    // 'no-referrer' would make Chromium send "Origin: null" with forms
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    // For browsers that do not know frame-ancestors; the mailbox frames its own e-mails
    'x-frame-options': 'SAMEORIGIN',
    'x-dns-prefetch-control': 'off',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(isSecure && { 'strict-transport-security': 'max-age=31536000' }),
  }
}

/** The browser's powers that a page may use; camera, microphone and screen only where a visit takes place. */
export function permissionsPolicy(mayUseCamera: boolean): string {
  const media = mayUseCamera ? '(self)' : '()'
  return `camera=${media}, microphone=${media}, display-capture=${media}, geolocation=(), payment=(), usb=()`
}
