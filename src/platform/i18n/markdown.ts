import { Marked, type Token, type Tokens } from 'marked'

/** Attributes, ready to print, per tag; `button` is a link that stands alone in its paragraph. */
export type TagAttributes = Partial<
  Record<'h1' | 'h2' | 'h3' | 'p' | 'ul' | 'ol' | 'li' | 'strong' | 'em' | 'hr' | 'a' | 'button', string>
>

// Bare addresses stay text: a person is to type them, and a link would say https where the text does not.
const marked = new Marked({ gfm: true, breaks: true, tokenizer: { url: () => undefined } })

const htmlEntities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => htmlEntities[sign] as string)

const allowedHref = /^(?:https?:\/\/|mailto:|tel:|\/(?!\/)|[?#]|[\w.-]+(?:[/?#]|$))/i

const isBlank = (token: Token): boolean => token.type === 'space'

/** A token whose kind we do not use (tables, raw HTML, code): shown as the text that was written. */
const asWritten = (token: Token): string => token.raw

const children = (token: Token): Token[] => (token as { tokens?: Token[] }).tokens ?? []

type PrintTag = (name: keyof TagAttributes, content: string) => string

const tagPrinter =
  (attributes: TagAttributes): PrintTag =>
  (name, content) =>
    `<${name}${attributes[name] ? ` ${attributes[name]}` : ''}>${content}</${name}>`

const inlineHtml = (
  tokens: readonly Token[],
  attributes: TagAttributes,
  linkKind: 'a' | 'button',
): string => {
  const tag = tagPrinter(attributes)
  const print = (token: Token): string => {
    const inner = (): string => inlineHtml(children(token), attributes, 'a')
    switch (token.type) {
      case 'text':
        return children(token).length > 0 ? inner() : escapeHtml((token as Tokens.Text).text)
      case 'escape':
        return escapeHtml((token as Tokens.Escape).text)
      case 'br':
        return '<br>'
      case 'strong':
      case 'em':
        return tag(token.type, inner())
      case 'link': {
        const { href } = token as Tokens.Link
        if (!allowedHref.test(href)) return inner()
        const more = attributes[linkKind]
        return `<a href="${escapeHtml(href)}"${more ? ` ${more}` : ''}>${inner()}</a>`
      }
      default:
        return escapeHtml(asWritten(token))
    }
  }
  return tokens.map(print).join('')
}

const standsAlone = (tokens: readonly Token[]): boolean => tokens.length === 1 && tokens[0]?.type === 'link'

const blockHtml = (tokens: readonly Token[], attributes: TagAttributes): string => {
  const tag = tagPrinter(attributes)
  const print = (token: Token): string => {
    const inner = children(token)
    switch (token.type) {
      case 'heading': {
        const name = `h${Math.min((token as Tokens.Heading).depth, 3) as 1 | 2 | 3}` as const
        return tag(name, inlineHtml(inner, attributes, 'a'))
      }
      case 'paragraph':
        return tag('p', inlineHtml(inner, attributes, standsAlone(inner) ? 'button' : 'a'))
      case 'text':
        return inlineHtml([token], attributes, 'a')
      case 'list': {
        const { ordered, items } = token as Tokens.List
        return tag(
          ordered ? 'ol' : 'ul',
          items.map((item) => tag('li', blockHtml(item.tokens, attributes))).join(''),
        )
      }
      case 'hr':
        return `<hr${attributes.hr ? ` ${attributes.hr}` : ''}>`
      default:
        return tag('p', escapeHtml(asWritten(token).trim()))
    }
  }
  return tokens
    .filter((token) => !isBlank(token))
    .map(print)
    .join('')
}

/**
 * Safe HTML of one of our long texts: headings, paragraphs, lists, bold, italics and links (http, https, mailto,
 * tel or relative). Anything else, raw HTML above all, comes out as visible text. `attributes` are printed into
 * the tags (inline styles of an e-mail).
 */
export const renderMarkdown = (markdown: string, attributes: TagAttributes = {}): string =>
  blockHtml(marked.lexer(markdown), attributes)

interface PlainLine {
  text: string
  /** `label: address` of each link inside the text, to stand on lines of their own. */
  links: string[]
}

const plainInline = (tokens: readonly Token[], links: string[]): string =>
  tokens
    .map((token) => {
      switch (token.type) {
        case 'br':
          return '\n'
        case 'link': {
          const label = plainInline(children(token), [])
          const { href } = token as Tokens.Link
          links.push(label === href ? href : `${label}: ${href}`)
          return label
        }
        case 'strong':
        case 'em':
          return plainInline(children(token), links)
        case 'text':
          return children(token).length > 0
            ? plainInline(children(token), links)
            : (token as Tokens.Text).text
        case 'escape':
          return (token as Tokens.Escape).text
        default:
          return asWritten(token)
      }
    })
    .join('')

const plainLine = (tokens: readonly Token[]): PlainLine => {
  const links: string[] = []
  const text = plainInline(tokens, links)
  const lead = tokens[0]
  const startsWithLink = tokens.length === 1 && lead && (lead.type === 'link' || standsAlone(children(lead)))
  return startsWithLink ? { text: links[0] as string, links: [] } : { text, links }
}

const joinPlain = ({ text, links }: PlainLine): string => [text, ...links].join('\n')

const plainBlocks = (tokens: readonly Token[]): string[] =>
  tokens
    .filter((token) => !isBlank(token))
    .map((token) => {
      if (token.type === 'list') {
        const { ordered, items } = token as Tokens.List
        return items
          .map((item, index) => `${ordered ? `${index + 1}.` : '-'} ${plainBlocks(item.tokens).join('\n')}`)
          .join('\n')
      }
      if (token.type === 'text') return joinPlain(plainLine([token]))
      if (token.type === 'heading' || token.type === 'paragraph') return joinPlain(plainLine(children(token)))
      return asWritten(token).trim()
    })

/**
 * Plain-text part of an e-mail: headings on their own line, bold marks dropped, a link as `label: address` on a
 * line of its own (a link inside a sentence keeps its label there), non-breaking spaces as ordinary ones.
 */
export const plainText = (markdown: string): string =>
  `${plainBlocks(marked.lexer(markdown)).join('\n\n').replaceAll('\u00a0', ' ')}\n`

/** Makes free text (a name, an officer's note) stand in Markdown as it was written, on one line and trimmed. */
export const escapeMarkdown = (text: string): string =>
  text
    .trim()
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/[\\`*_[\]<>#~|]/g, '\\$&')
    .replace(/^(\d*)([-+=.)])/, '$1\\$2')
