import type { Finding, KnownBrowser } from '../../contract/device-check'

export interface BrowserFacts {
  userAgent: string
  secure: boolean
  hasMediaDevices: boolean
  hasPeers: boolean
}

/** The oldest versions in which calls were made to work; older ones lack something that a call needs. */
const oldest: Partial<Record<KnownBrowser, number>> = {
  Chrome: 70,
  Edge: 79,
  Firefox: 68,
  Safari: 12,
  Opera: 57,
  'Samsung Internet': 10,
}

/** Order matters: most browsers also call themselves Chrome or Safari. */
const patterns: readonly [KnownBrowser, RegExp][] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\/(\d+)/],
  ['Opera', /\b(?:OPR|OPT)\/(\d+)/],
  ['Samsung Internet', /\bSamsungBrowser\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /(?:Chrome|CriOS)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+)[.\d]* .*Safari\//],
]

/** Browsers inside other applications, which often keep the camera from the page. */
const inApp =
  /\b(?:FBAN|FBAV|Instagram|Messenger|WhatsApp|Line\/|GSA\/|MicroMessenger|TikTok|Snapchat)|; wv\)/

/** The oldest version that works, for the words; undefined for browsers we do not know. */
export const oldestVersion = (browser: KnownBrowser): number | undefined => oldest[browser]

/** Judges by what the page can do; the name and version only say what to update. */
export function browserFinding(facts: BrowserFacts): Finding<'browser'> {
  const { browser, version } = nameOf(facts.userAgent)
  const found = (code: Finding<'browser'>['code']): Finding<'browser'> => ({ code, browser, version })
  if (!facts.secure) return found('insecure')
  if (inApp.test(facts.userAgent)) return found('inApp')
  const minimum = oldest[browser]
  const tooOld = version !== null && minimum !== undefined && version < minimum
  if (!facts.hasMediaDevices || !facts.hasPeers) return found(tooOld ? 'outdated' : 'unsupported')
  if (tooOld) return found('outdated')
  return found(version === null ? 'unknown' : 'ok')
}

function nameOf(userAgent: string): { browser: KnownBrowser; version: number | null } {
  for (const [browser, pattern] of patterns) {
    const version = pattern.exec(userAgent)?.[1]
    if (version !== undefined) return { browser, version: Number(version) }
  }
  return { browser: 'other', version: null }
}
