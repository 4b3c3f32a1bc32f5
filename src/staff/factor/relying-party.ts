/** How browsers name us when they keep a passkey: our host, and the one origin that may ask. */
export interface RelyingParty {
  id: string
  origin: string
  name: string
}

export function relyingParty(publicUrl: string, name: string): RelyingParty {
  const { hostname, origin } = new URL(publicUrl)
  return { id: hostname, origin, name }
}

/** How long a person may take at their key. */
export const challengeMinutes = 5
export const challengeUntil = (now: Date): Date => new Date(now.getTime() + challengeMinutes * 60_000)
