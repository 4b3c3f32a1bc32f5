import type { Bench } from './bench-run'
import { launchPerson } from '../support/browser'
import { type BookingPage, fetchOnWire, walkThroughBooking } from './booking-pages'
import type { ProductProcess } from './product-process'

/** How far Chromium's count may be from ours: it words its requests differently. */
const tolerance = 0.02

/** Bytes over the wire of each booking page opened for the first time, with everything that it loads. */
export const pageBytesBench: Bench = async (run) => {
  const product = await run.server()
  const pages = await walkThroughBooking(product)
  const loadedBy = memory((path: string) => fetchOnWire(product, path))
  const weighed = await Promise.all(pages.map((page) => weigh(page, loadedBy)))
  const heaviest = weighed.sort((one, other) => other.total - one.total)
  const [worst] = heaviest
  if (!worst) throw new Error('No page was opened')

  for (const { language, path, total, parts } of heaviest.slice(0, 3))
    run.note(
      `${total} bytes: ${path.replace(/(?<=\/)[\w-]{30,}/, '…')} (${language}) = ${Object.values(parts).join(' + ')}`,
    )
  const visited = weighed.find(({ path }) => path.startsWith('/oddzialy')) ?? worst
  const byChromium = await bytesInChromium(product, visited.path)
  run.note(`Chromium counts ${byChromium} for ${visited.path}, we count ${visited.total}`)
  if (Math.abs(byChromium / visited.total - 1) > tolerance)
    throw new Error(`Chromium loads ${byChromium} bytes for ${visited.path}, not ${visited.total}`)
  return [{ name: 'page.bytes.max', value: worst.total, unit: 'bytes', goal: { most: 30_000 } }]
}

interface Weighed extends BookingPage {
  total: number
  /** Bytes by address. */
  parts: Record<string, number>
}

type Load = (path: string) => ReturnType<typeof fetchOnWire>

async function weigh(page: BookingPage, loadedBy: Load): Promise<Weighed> {
  const parts: Record<string, number> = { [page.path]: page.bytes }
  const addresses = [...addressesIn(page.html, /<(?:link|script|img|source)[^>]* (?:href|src)="([^"]+)"/g)]
  for (const address of addresses) {
    const { status, text, bytes } = await loadedBy(address)
    if (status !== 200) throw new Error(`${page.path} loads ${address}, which answered ${status}`)
    parts[address] = bytes
    if (!address.endsWith('.css')) continue
    for (const inner of loadedByStyles(text, page)) parts[inner] = (await loadedBy(inner)).bytes
  }
  return { ...page, parts, total: Object.values(parts).reduce((sum, bytes) => sum + bytes, 0) }
}

const addressesIn = (text: string, pattern: RegExp): Set<string> =>
  new Set([...text.matchAll(pattern)].map(([, address = '']) => address).filter(isLoaded))

const isLoaded = (address: string) => address !== '' && !address.startsWith('data:')

/** Pictures, and the font files that hold a sign of the page, unless its language has the system's font. */
function loadedByStyles(css: string, { language, html }: BookingPage): string[] {
  const faces = [...css.matchAll(/@font-face\s*\{[^}]*\}/g)].map(([face]) => face)
  const rest = faces.reduce((left, face) => left.replace(face, ''), css)
  const pictures = addressesIn(rest, /url\("?([^")]+)"?\)/g)
  const hasSystemFont = new RegExp(
    `:lang\\(${language}\\)\\s*\\{[^}]*--font:\\s*var\\(--font-system\\)`,
  ).test(css)
  const signs = new Set(html.replace(/<(style|script).*?<\/\1>|<[^>]*>/gs, ''))
  const fonts = hasSystemFont ? [] : faces.filter((face) => [...signs].some((sign) => covers(face, sign)))
  return [...pictures, ...fonts.flatMap((face) => [...addressesIn(face, /url\("?([^")]+)"?\)/g)])].map(
    (address) => new URL(address, 'http://localhost/static/').pathname,
  )
}

function covers(face: string, sign: string): boolean {
  const point = sign.codePointAt(0) ?? 0
  const ranges = /unicode-range:([^;}]+)/i.exec(face)?.[1]?.split(',') ?? ['U+0-10FFFF']
  return ranges.some((range) => {
    const [first = 0, last = first] = range
      .trim()
      .replace(/^U\+/i, '')
      .split('-')
      .map((hex) => parseInt(hex, 16))
    return point >= first && point <= last
  })
}

/** Each address is loaded once. */
function memory<Answer>(load: (path: string) => Promise<Answer>): (path: string) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>()
  return (path) => {
    const known = answers.get(path) ?? load(path)
    answers.set(path, known)
    return known
  }
}

/** What Chromium received for a page, as it counts itself. */
async function bytesInChromium({ url }: ProductProcess, path: string): Promise<number> {
  const person = await launchPerson({ camera: 'none' })
  try {
    const session = await person.context.newCDPSession(person.page)
    const overHttp = new Set<string>()
    let bytes = 0
    session.on('Network.requestWillBeSent', ({ requestId, request }) => {
      if (request.url.startsWith('http')) overHttp.add(requestId)
    })
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (overHttp.has(requestId)) bytes += encodedDataLength
    })
    await session.send('Network.enable')
    await person.page.goto(url + path, { waitUntil: 'networkidle' })
    await person.page.evaluate(() => document.fonts.ready.then(() => undefined))
    return bytes
  } finally {
    await person.close()
  }
}
