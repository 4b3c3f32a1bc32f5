import { renderMarkdown, type TagAttributes } from '../platform/i18n/markdown'
import type { Language } from '../texts/catalogue'
import { escapeHtml } from '../ui/html'

/** What stands in an e-mail, top to bottom; `body` and `footer` are Markdown. */
interface EmailParts {
  language: Language
  subject: string
  preheader: string | undefined
  institution: string
  heading: string
  subheading: string | undefined
  body: string
  footer: string
}

// The look of ui/email.html: tables and inline styles, because mail programs drop style sheets; no image,
// nothing that must load.
const ink = '#14231b'
const muted = '#45554c'
const line = '#d6ded8'
const green = '#0b6b4b'
const system = "system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif"

const style = (css: string) => `style="${css}"`
const table = `role="presentation" cellpadding="0" cellspacing="0" border="0"`
const wide = `${table} width="100%"`

const button = `display:inline-block;padding:13px 24px;border:2px solid ${green};border-radius:10px;font-size:18px;font-weight:700;text-decoration:none`

const tags: TagAttributes = {
  p: style('margin:0 0 20px'),
  h2: style('margin:0 0 8px;font-size:20px;line-height:1.3'),
  ul: style('margin:0 0 20px;padding:0 0 0 22px'),
  li: style('margin:0 0 6px'),
  a: style(`color:${green}`),
  button: style(`${button};background:${green};color:#ffffff`),
}
const afterFirst: TagAttributes = { ...tags, button: style(`${button};background:#ffffff;color:${green}`) }
const plain: TagAttributes = { ...tags, p: style('margin:0') }
const small: TagAttributes = { ...tags, p: style('margin:0 0 10px') }

/** Lines such as `**Kiedy:** wtorek` become rows of a table: label left, value right. */
const row = /^\*\*(.+?):\*\*[ \u00a0]+(.+)$/

const rowHtml = ([, label = '', value = '']: readonly string[]) => {
  const cell = `border-bottom:1px solid ${line};vertical-align:top`
  return (
    `<tr><td ${style(`padding:10px 16px 10px 0;${cell};color:${muted};width:130px`)}>${renderMarkdown(label, plain)}</td>` +
    `<td ${style(`padding:10px 0;${cell};font-weight:600`)}>${renderMarkdown(value, plain)}</td></tr>`
  )
}

const isButton = (block: string) => /^\[[^\]]+\]\([^)]+\)$/.test(block.trim())

const blockHtml = (block: string, attributes: TagAttributes): string => {
  const rows = block.split('\n').map((text) => row.exec(text))
  if (!rows.every((match) => match !== null)) return renderMarkdown(block, attributes)
  const css = style(`margin:0 0 24px;border-top:1px solid ${line};font-size:17px`)
  return `<table ${wide} ${css}>${rows.map(rowHtml).join('')}</table>`
}

/** The first button is what the e-mail is for; further ones stand back. */
const bodyHtml = (markdown: string): string => {
  const blocks = blocksOf(markdown)
  const first = blocks.findIndex(isButton)
  return blocks
    .map((block, index) => blockHtml(block, index > first && first >= 0 ? afterFirst : tags))
    .join('')
}

const blocksOf = (markdown: string) => markdown.split(/\n{2,}/).filter((block) => block.trim() !== '')

const boxHtml = (blocks: readonly string[]) =>
  `<table ${wide}><tr><td ${style('background:#e8f0fa;border-radius:10px;padding:16px 18px 6px;font-size:16px;line-height:1.5')}>` +
  `${blocks.map((block) => renderMarkdown(block, small)).join('')}</td></tr></table>`

const preheaderHtml = (text: string) =>
  `<div aria-hidden="true" ${style('display:none;max-height:0;overflow:hidden')}>${escapeHtml(text)}</div>`

/** The HTML part: the text in its order, the address of the institution (last block of the footer) below the card. */
export function emailHtml(parts: EmailParts): string {
  const { language, subject, preheader, institution, heading, subheading, body, footer } = parts
  const footerBlocks = blocksOf(footer)
  const subline = subheading
    ? `<p ${style('margin:8px 0 0;font-size:20px;line-height:1.4')}>${escapeHtml(subheading)}</p>`
    : ''
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light">',
    `<title>${escapeHtml(subject)}</title></head>`,
    `<body ${style(`margin:0;padding:0;background:#f3f6f2;color:${ink};font-family:${system};font-size:18px;line-height:1.55`)}>`,
    preheader === undefined ? '' : preheaderHtml(preheader),
    `<main><table ${wide}><tr><td align="center" ${style('padding:24px 12px')}>`,
    `<table ${wide} ${style('max-width:600px;text-align:left')}>`,
    `<tr><td ${style('padding:0 8px 16px;font-size:20px;font-weight:700')}>e-Wizyta `,
    `<span ${style(`font-weight:400;color:${muted};font-size:16px`)}>&nbsp;${escapeHtml(institution)}</span></td></tr>`,
    `<tr><td ${style('background:#063e2d;color:#ffffff;border-radius:16px 16px 0 0;padding:28px 28px 26px')}>`,
    `<h1 ${style('margin:0;font-size:26px;line-height:1.25;font-weight:700')}>${escapeHtml(heading)}</h1>${subline}</td></tr>`,
    `<tr><td ${style('background:#ffffff;border-radius:0 0 16px 16px;padding:28px')}>`,
    bodyHtml(body),
    boxHtml(footerBlocks.slice(0, -1)),
    `</td></tr><tr><td ${style(`padding:20px 8px;color:${muted};font-size:15px;line-height:1.5`)}>`,
    footerBlocks
      .slice(-1)
      .map((block) => renderMarkdown(block, plain))
      .join(''),
    '</td></tr></table></td></tr></table></main></body></html>',
  ].join('')
}
