import { escapeHtml } from '../../ui/html'

/**
 * What the frame with a message may do: styles inside it, nothing loaded, no script, no form. Its links open
 * in a new tab, which is a page like any other.
 */
export const bodyPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ')

/** The same for the iframe's own attribute. */
export const bodySandbox = 'allow-popups allow-popups-to-escape-sandbox'

const font = "system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif"

/** The HTML part of an e-mail, its links sent to a new tab. */
export const htmlBody = (html: string): string => html.replace('<head>', '<head><base target="_blank">')

const page = (css: string, content: string) =>
  `<!doctype html><html lang="pl"><head><meta charset="utf-8"><title>e-Wizyta</title><style>${css}</style></head><body>${content}</body></html>`

/** The text part of an e-mail, as it was written. */
export const textBody = (text: string): string =>
  page(
    `body{margin:0;padding:24px;background:#fff;color:#14231b}pre{margin:0;font:16px/1.55 ${font};white-space:pre-wrap;overflow-wrap:anywhere}`,
    `<pre>${escapeHtml(text)}</pre>`,
  )

/** An SMS on a phone. */
export const smsBody = (sender: string, text: string): string =>
  page(
    `body{margin:0;padding:40px 24px;background:#f3f6f2;color:#14231b;font:18px/1.5 ${font}}` +
      'main{box-sizing:border-box;max-width:360px;min-height:420px;margin:0 auto;padding:20px 16px;border:1.5px solid #d6ded8;border-radius:28px;background:#fff}' +
      'h1{margin:0 0 16px;padding-bottom:12px;border-bottom:1px solid #d6ded8;font-size:16px;text-align:center}' +
      'p{margin:0 32px 0 0;padding:12px 16px;border-radius:4px 18px 18px 18px;background:#e6f3ec;overflow-wrap:anywhere}',
    `<main><h1>${escapeHtml(sender)}</h1><p>${escapeHtml(text)}</p></main>`,
  )
