/** Somebody who goes from page to page with cookies and without scripts, over several sites of this machine. */
export interface WebVisitor {
  open(address: string): Promise<VisitedPage>
  /** Sends the page's first form whose action fits, with its hidden fields and what is typed. */
  submit(page: VisitedPage, action: RegExp, typed?: Record<string, string>): Promise<VisitedPage>
  /** Cookie header for our own pages. */
  cookies(): string
}

export interface VisitedPage {
  url: URL
  status: number
  body: string
}

const mostSteps = 20

export function webVisitor(): WebVisitor {
  const jar = new Map<string, string>()
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const keep = (answer: Response) => {
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      const expires = /expires=([^;]+)/i.exec(line)?.[1]
      if (value === '' || (expires !== undefined && Date.parse(expires) < Date.now())) jar.delete(name)
      else jar.set(name, value)
    }
  }
  const go = async (address: string, form?: URLSearchParams): Promise<VisitedPage> => {
    let url = new URL(address)
    let body = form
    for (let step = 0; step < mostSteps; step++) {
      const answer = await fetch(url, {
        method: body ? 'POST' : 'GET',
        redirect: 'manual',
        headers: { cookie: cookies(), ...(body && { origin: url.origin }) },
        ...(body && { body }),
      })
      keep(answer)
      const to = answer.headers.get('location')
      if (to === null)
        return { url, status: answer.status, body: (await answer.text()).replaceAll('\u00a0', ' ') }
      url = new URL(to, url)
      body = undefined
    }
    throw new Error(`No end of redirects at ${url.href}`)
  }
  return {
    open: (address) => go(address),
    submit: (page, action, typed = {}) => {
      for (const [, head = '', inside = ''] of page.body.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)) {
        const target = /action="([^"]*)"/.exec(head)?.[1]?.replaceAll('&amp;', '&')
        if (target === undefined || !action.test(target)) continue
        const fields = [...inside.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
        const values = {
          ...Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value])),
          ...typed,
        }
        return go(new URL(target, page.url).href, new URLSearchParams(values))
      }
      throw new Error(`No such form at ${page.url.href}: ${page.body.slice(0, 2000)}`)
    },
    cookies,
  }
}
