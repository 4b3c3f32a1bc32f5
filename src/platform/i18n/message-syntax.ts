import { IntlMessageFormat } from 'intl-messageformat'

/** Where something stands in a text, both from 1. */
export interface TextPlace {
  line: number
  column: number
}

/** A placeholder as it is used: plainly, to choose by, or to count by. */
export interface UsedPlaceholder {
  name: string
  use: 'plain' | 'select' | 'plural' | 'other'
  /** What is chosen among, without `other`. */
  options: string[]
}

export interface MessageSyntax {
  used: UsedPlaceholder[]
  /** Names that are said whatever is chosen. */
  always: Set<string>
}

type Elements = ReturnType<IntlMessageFormat['getAst']>
type Element = Elements[number]

// Kinds of elements in the parsed message, as its parser numbers them
const kinds = { literal: 0, plain: 1, select: 5, plural: 6, pound: 7 } as const

const useOf = (element: Element): UsedPlaceholder['use'] => {
  const type: number = element.type
  if (type === kinds.plain) return 'plain'
  if (type === kinds.select) return 'select'
  return type === kinds.plural ? 'plural' : 'other'
}

/** The placeholders of an ICU message, or the place where it is no message. */
export function readMessage(
  text: string,
): { ok: true; message: MessageSyntax } | { ok: false; kind: string; place: TextPlace } {
  let elements: Elements
  try {
    elements = new IntlMessageFormat(text, 'pl', undefined, { ignoreTag: true }).getAst()
  } catch (error) {
    const { message, location } = error as Error & { location?: { start: TextPlace } }
    const { line, column } = location?.start ?? { line: 1, column: 1 }
    return { ok: false, kind: message, place: { line, column } }
  }
  const used: UsedPlaceholder[] = []
  return { ok: true, message: { used, always: walk(elements, used) } }
}

function walk(elements: Elements, used: UsedPlaceholder[]): Set<string> {
  const always = new Set<string>()
  for (const element of elements) {
    const type: number = element.type
    if (type === kinds.literal || type === kinds.pound || !('value' in element)) continue
    const options = 'options' in element ? Object.entries(element.options) : []
    const names = options.map(([name]) => name).filter((name) => name !== 'other')
    used.push({ name: element.value, use: useOf(element), options: names })
    if (options.length === 0) {
      always.add(element.value)
      continue
    }
    const [first = new Set<string>(), ...others] = options.map(([, { value }]) => walk(value, used))
    for (const name of first) if (others.every((names) => names.has(name))) always.add(name)
  }
  return always
}

/** Where a placeholder first stands in a text. */
export function placeOf(text: string, name: string): TextPlace {
  const at = Math.max(
    0,
    text.search(new RegExp(`\\{\\s*${name.replace(/[^\p{L}\p{N}_]/gu, '.')}\\s*[,}]`, 'u')),
  )
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
