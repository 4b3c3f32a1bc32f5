import type { ComponentChildren } from 'preact'

interface IntroProps {
  /** The official statement; `{body}`, `{site}` and `{url}` say where the marked parts stand in it. */
  text: string
  body: string
  site: string
  url: string
}

/** The opening statement, word for word as the institution filled it in. A part that it does not name follows it. */
export const DeclarationIntro = ({ text, body, site, url }: IntroProps) => {
  const marked: Readonly<Record<string, ComponentChildren>> = {
    '{body}': <span id="a11y-podmiot">{body}</span>,
    '{site}': <span id="a11y-zakres">{site}</span>,
    '{url}': (
      <a id="a11y-url" href={url}>
        {url}
      </a>
    ),
  }
  const seen = new Set<string>()
  const parts = text.split(/(\{(?:body|site|url)\})/).map((part) => {
    const mark = seen.has(part) ? undefined : marked[part]
    if (mark !== undefined) seen.add(part)
    return mark ?? part
  })
  const missing = Object.entries(marked).filter(([name]) => !seen.has(name))
  return (
    <p id="a11y-wstep">
      {parts}
      {missing.length > 0 && <br />}
      {missing.map(([name, part], index) => (
        <span key={name}>
          {index > 0 && ', '}
          {part}
        </span>
      ))}
    </p>
  )
}
