/**
 * Session id of a description (`o=` line): constant for the life of an RTCPeerConnection, so another id in a later
 * description means that the other side has started its connection anew.
 */
export function sessionId(sdp: string): string | null {
  return /^o=\S+ (\S+) /m.exec(sdp)?.[1] ?? null
}

/** Asks the sender for opus with in-band error correction where its description does not offer it by itself. */
export function withOpusCorrection(sdp: string): string {
  const payload = /^a=rtpmap:(\d+) opus\//im.exec(sdp)?.[1]
  if (payload === undefined) return sdp
  const parameters = new RegExp(`^(a=fmtp:${payload} )(.*)$`, 'm')
  if (!parameters.test(sdp))
    return sdp.replace(
      new RegExp(`^a=rtpmap:${payload} .*$`, 'm'),
      (line) => `${line}\r\na=fmtp:${payload} useinbandfec=1`,
    )
  return sdp.replace(parameters, (line, start: string, rest: string) =>
    /useinbandfec=/.test(rest) ? line : `${start}useinbandfec=1;${rest}`,
  )
}
