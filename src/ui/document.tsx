import type { ComponentChildren } from 'preact'
import type { Language } from '../texts/catalogue'
import { stylesheet } from './assets'
import { markIcon } from './mark'

export interface DocumentProps {
  language: Language
  /** Complete, as the browser's tab shows it. */
  title: string
  styles?: 'public' | 'call' | 'desk'
  /** Addresses of module scripts (`assetUrl`). */
  scripts?: readonly string[]
  bodyClass?: string
  children: ComponentChildren
}

/** The document around a page: head with one style sheet, body. */
export const Document = ({
  language,
  title,
  styles = 'public',
  scripts = [],
  bodyClass,
  children,
}: DocumentProps) => (
  <html lang={language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="format-detection" content="telephone=no" />
      <title>{title}</title>
      <link rel="icon" href={markIcon} />
      <link rel="stylesheet" href={stylesheet(styles)} />
      {scripts.map((address) => (
        <script key={address} type="module" src={address} />
      ))}
    </head>
    <body class={bodyClass}>{children}</body>
  </html>
)
