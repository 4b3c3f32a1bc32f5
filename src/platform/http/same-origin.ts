import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether a request that changes something (or opens a socket) comes from our own page. Browsers say so in
 * Origin; old ones that do not send it on same-origin forms send Sec-Fetch-Site or Referer. None of the
 * three: a program without a browser's cookies can do no harm through the API, a form is refused.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, hosts: readonly string[]): boolean {
  const ours = (address: string) => URL.canParse(address) && hosts.includes(new URL(address).host)
  if (headers.origin !== undefined) return ours(headers.origin)
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  return headers.referer !== undefined && ours(headers.referer)
}
