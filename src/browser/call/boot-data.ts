import { bootId, type BootTexts } from '../../contract/boot'

/** What the server has written into the page for its script; it is our own and taken as it is. */
export function readBoot(): unknown {
  const holder = document.getElementById(bootId)
  if (!holder?.textContent) throw new Error('The page carries no boot data')
  return JSON.parse(holder.textContent)
}

/** Translated texts; `{name}` left in one is filled here. */
export interface Texts<Key extends string, Counted extends string> {
  text: (key: Key, values?: Readonly<Record<string, string | number>>) => string
  /** The text for a whole number. */
  count: (key: Counted, n: number) => string
}

export function createTexts<Key extends string, Counted extends string>(
  boot: BootTexts<Key, Counted>,
): Texts<Key, Counted> {
  return {
    text: (key, values = {}) =>
      boot.texts[key].replace(/\{(\w+)\}/g, (placeholder, name: string) =>
        String(values[name] ?? placeholder),
      ),
    count(key, n) {
      const forms = boot.counted[key]
      return forms[Math.max(0, Math.min(n, forms.length - 1))] ?? ''
    },
  }
}

/** An element of the shell; its absence is a fault of the shell, not of the visitor. */
export function byId<Found extends HTMLElement>(id: string, type: new () => Found): Found {
  const found = document.getElementById(id)
  if (!(found instanceof type)) throw new Error(`The page has no ${type.name} with the id ${id}`)
  return found
}
