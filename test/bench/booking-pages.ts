import http from 'node:http'
import type { ProductProcess } from './product-process'

/** What a browser offers; the product chooses. */
const acceptEncoding = 'br, gzip'

const languages = ['pl', 'en', 'uk'] as const
export type PageLanguage = (typeof languages)[number]

export interface BookingPage {
  language: PageLanguage
  path: string
  html: string
  /** Of the answer on the wire, headers and compressed body. */
  bytes: number
}

export interface WireAnswer {
  status: number
  headers: http.IncomingHttpHeaders
  text: string
  bytes: number
}

/** One request on a connection of its own. */
export async function fetchOnWire(
  { port }: ProductProcess,
  path: string,
  options: { cookie?: string; form?: URLSearchParams } = {},
): Promise<WireAnswer> {
  const { cookie, form } = options
  const body = form?.toString()
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const request = http.request(
      {
        ...{ host: 'localhost', port, path, agent: false },
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          'accept-encoding': acceptEncoding,
          ...(cookie !== undefined && { cookie }),
          ...(body !== undefined && {
            origin: `http://localhost:${port}`,
            'content-type': 'application/x-www-form-urlencoded',
            'content-length': Buffer.byteLength(body),
          }),
        },
      },
      resolve,
    )
    request.on('error', reject)
    request.end(body)
  })
  const { socket } = response
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: await decoded(Buffer.concat(chunks), response.headers['content-encoding']),
    bytes: socket.bytesRead,
  }
}

async function decoded(body: Buffer, encoding: string | undefined): Promise<string> {
  const { brotliDecompressSync, gunzipSync } = await import('node:zlib')
  if (encoding === 'br') return brotliDecompressSync(body).toString('utf8')
  return (encoding === 'gzip' ? gunzipSync(body) : body).toString('utf8')
}

/** Every page on the way from the start to a booked visit, and those behind its links, in each language. */
export async function walkThroughBooking(product: ProductProcess): Promise<BookingPage[]> {
  const pages: BookingPage[] = []
  for (const [number, language] of languages.entries()) {
    const visitor = new Visitor(product, language, pages)
    const prefix = language === 'pl' ? '' : `/${language}`
    const journey = `temat=profile&kod=02-758`
    const choosing = ['/', '/temat', '/kod?temat=profile', `/oddzial?${journey}`, `/oddzialy?${journey}`]
    for (const path of [...choosing, '/znajdz']) await visitor.open(prefix + path)

    const times = await visitor.open(`${prefix}/termin?${journey}&oddzial=WAW3`)
    const details = await visitor.send(times, {})
    const review = await visitor.send(details, {
      firstName: 'Halina',
      lastName: 'Brzęczyszczykiewicz',
      phone: `60${number}234567`,
      email: `halina.${language}@example.org`,
      guardianFirstName: 'Grzegorz',
      guardianLastName: 'Brzęczyszczykiewicz',
      language,
    })
    const confirmation = await visitor.send(review, {})
    const manage = await visitor.open(linkIn(confirmation, 'wizyta'))
    await visitor.open(`${manage.path}/termin`)
    await visitor.open(linkIn(manage, 'anuluj'))
  }
  return pages
}

const linkIn = ({ path, html }: BookingPage, folder: string): string => {
  const link = new RegExp(`href="((?:/en|/uk)?/${folder}/[^"/]+)"`).exec(html)?.[1]
  if (link === undefined) throw new Error(`${path} has no link to /${folder}`)
  return link
}

/** A browser without scripts that keeps its cookies and every page it saw. */
class Visitor {
  #cookie = ''
  readonly #product: ProductProcess
  readonly #language: PageLanguage
  readonly #pages: BookingPage[]

  constructor(product: ProductProcess, language: PageLanguage, pages: BookingPage[]) {
    this.#product = product
    this.#language = language
    this.#pages = pages
  }

  async open(path: string): Promise<BookingPage> {
    const { status, text, bytes } = await fetchOnWire(this.#product, path, { cookie: this.#cookie })
    if (status !== 200) throw new Error(`${path} answered ${status}`)
    const page = { language: this.#language, path, html: text, bytes }
    this.#pages.push(page)
    return page
  }

  /** Fills in and sends the page's last form, every box ticked; opens where it leads. */
  async send(page: BookingPage, typed: Record<string, string>): Promise<BookingPage> {
    const forms = [...page.html.matchAll(/<form[^>]* action="([^"]+)" method="post".*?<\/form>/gs)]
    const [html = '', action = ''] = forms.at(-1) ?? []
    const answer = await fetchOnWire(this.#product, action, {
      cookie: this.#cookie,
      form: new URLSearchParams({ ...presetFields(html), ...typed }),
    })
    const { location } = answer.headers
    if (answer.status !== 303 || location === undefined)
      throw new Error(`The form of ${page.path} answered ${answer.status}`)
    this.#cookie ||= (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ')
    return this.open(location)
  }
}

/** Hidden fields, ticked boxes, the first of each group of radio buttons. */
function presetFields(html: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [input] of html.matchAll(/<input [^>]*>/g)) {
    const attribute = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(input)?.[1]
    const [name, type] = [attribute('name'), attribute('type') ?? '']
    if (name !== undefined && ['hidden', 'checkbox', 'radio'].includes(type))
      fields[name] ??= attribute('value') ?? 'on'
  }
  return fields
}
