import { useEffect, useState } from 'preact/hooks'
import type { CallTexts } from './call-notices'

const names = ['microphone', 'camera', 'chat', 'identity', 'settle', 'end'] as const
type Shortcut = (typeof names)[number]

const keys: Record<string, Shortcut> = {
  m: 'microphone',
  k: 'camera',
  c: 'chat',
  t: 'identity',
  s: 'settle',
  z: 'end',
}

/** Kept at this workstation: who works with speech input or a screen reader switches single keys off for good. */
const offKey = 'e-wizyta.shortcuts'

interface ShortcutsProps {
  texts: CallTexts
  actions: Record<Shortcut, () => void>
}

/** The keys of the call, with their list; they work while nothing is being typed, and can be switched off. */
export function Shortcuts({ texts: { text }, actions }: ShortcutsProps) {
  const [open, setOpen] = useState(false)
  const [on, setOn] = useState(isOn)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || isTyping(event.target)) return
      const shortcut = keys[event.key.toLowerCase()]
      if (event.key === '?') setOpen((before) => !before)
      else if (event.key === 'Escape') setOpen(false)
      else if (shortcut && isOn()) {
        event.preventDefault()
        actions[shortcut]()
      }
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  })
  const use = (wanted: boolean) => {
    if (wanted) window.localStorage.removeItem(offKey)
    else window.localStorage.setItem(offKey, 'off')
    setOn(wanted)
  }
  return (
    <details class="keys" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{text('desk.shortcuts.open')}</summary>
      <div>
        <h2>{text('desk.shortcuts.title')}</h2>
        <ul>
          {names.map((name) => (
            <li key={name}>{text(`desk.shortcuts.${name}`)}</li>
          ))}
        </ul>
        <label class="ck">
          <input type="checkbox" checked={on} onChange={(event) => use(event.currentTarget.checked)} />
          {text('desk.shortcuts.use')}
        </label>
      </div>
    </details>
  )
}

const isOn = (): boolean => window.localStorage.getItem(offKey) === null

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(?:INPUT|SELECT|TEXTAREA)$/.test(target.tagName))
