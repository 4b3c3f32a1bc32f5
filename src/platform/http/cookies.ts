import type { CookieSerializeOptions } from '@fastify/cookie'

/** A cookie for as long as the browser is open; scripts cannot read it, other sites do not send it. */
export function cookieOptions(publicUrl: string): CookieSerializeOptions {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: publicUrl.startsWith('https:') }
}
