import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icons'

/** `first`: the one primary act of a page; `second` beside it; `quiet` looks like a link; `red` cancels. */
export type ButtonKind = 'first' | 'second' | 'quiet' | 'red' | 'ready' | 'light' | 'line'

const classes: Record<ButtonKind, string> = {
  first: 'btn',
  second: 'btn btn-2',
  quiet: 'quiet',
  red: 'btn btn-red',
  ready: 'btn btn-ready',
  light: 'btn btn-light',
  line: 'btn btn-line',
}

interface ButtonProps {
  kind?: ButtonKind
  icon?: IconName
  name?: string
  value?: string
  describedBy?: string
  children: ComponentChildren
}

/** Sends its form; with `kind="ready"` it looks pale while a box with class `must` is open, and still answers. */
export const Button = ({ kind = 'first', icon, name, value, describedBy, children }: ButtonProps) => (
  <button class={classes[kind]} name={name} value={value} aria-describedby={describedBy}>
    {icon && <Icon name={icon} />}
    {children}
  </button>
)

interface LinkButtonProps {
  href: string
  kind?: ButtonKind
  icon?: IconName
  children: ComponentChildren
}

/** A link that looks like a button, for acts that only lead on. */
export const LinkButton = ({ href, kind = 'first', icon, children }: LinkButtonProps) => (
  <a class={classes[kind]} href={href}>
    {icon && <Icon name={icon} />}
    {children}
  </a>
)
