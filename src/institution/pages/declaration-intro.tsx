import type { ComponentChildren } from 'preact'

interface IntroProps {
  /**
   * The official statement; `{body}`, `{scope}` and `{url}` say where the marked parts stand in it, `{site}` where the
   * name of the service does.
   */
  text: string
  body: string
  /** The kind of thing declared, as it stands in the sentence (`strony internetowej`) and by itself. */
  scope: { within: string; alone: string }
  site: string
  url: string
}

/** The opening statement, word for word as the institution filled it in. A part that it does not name follows it. */
export const DeclarationIntro = ({ text, body, scope, site, url }: IntroProps) => {
  const scopeIn = (words: string) => <span id="a11y-zakres">{words}</span>
  const marked: Readonly<Record<string, ComponentChildren>> = {
    '{body}': <span id="a11y-podmiot">{body}</span>,
    '{scope}': scopeIn(scope.within),
    '{url}': (
      <a id="a11y-url" href={url}>
        {url}
      </a>
    ),
  }
  const seen = new Set<string>()
  const parts = text
    .replaceAll('{site}', site)
    .split(/(\{(?:body|scope|url)\})/)
    .map((part) => {
      const mark = seen.has(part) ? undefined : marked[part]
      if (mark !== undefined) seen.add(part)
      return mark ?? part
    })
  const missing = Object.keys(marked).filter((name) => !seen.has(name))
  return (
    <p id="a11y-wstep">
      {parts}
      {missing.length > 0 && <br />}
      {missing.map((name, index) => (
        <span key={name}>
          {index > 0 && ', '}
          {name === '{scope}' ? scopeIn(scope.alone) : marked[name]}
        </span>
      ))}
    </p>
  )
}
