import { isDay } from '../../platform/zone'

/** Stands in for the official validator: the technical conditions of publication, version 2.0, as rules. */

interface Found {
  id: string
  tag: string
  attributes: Readonly<Record<string, string>>
  text: string
  /** Ids of the elements around it. */
  within: readonly string[]
}

interface Rule {
  /** Without the beginning `a11y-`. */
  id: string
  need: 'always' | 'maybe'
  on: readonly string[]
  within?: string
  /** What is wrong with the value; undefined when nothing is. */
  wrong?: (element: Found) => string | undefined
}

const blocks = ['section', 'div', 'p']
const words = ['span', 'strong', 'a', 'p']

const dated = ({ attributes, text }: Found): string | undefined => {
  const { datetime = '' } = attributes
  const isCalendarDay: boolean = isDay(datetime)
  if (!isCalendarDay) return `datetime="${datetime}" is no calendar day`
  const [year = ''] = datetime.split('-')
  return text.includes(year) ? undefined : `"${text}" does not say the year ${year}`
}
const linked = (pattern: RegExp) => (element: Found) =>
  pattern.test(element.attributes.href ?? '') ? undefined : `href="${element.attributes.href ?? ''}"`

const rules: readonly Rule[] = [
  { id: 'deklaracja', need: 'maybe', on: ['div', 'main', 'article', 'section', 'h1'] },
  { id: 'wstep', need: 'always', on: blocks },
  { id: 'podmiot', need: 'always', on: words, within: 'wstep' },
  { id: 'zakres', need: 'always', on: words, within: 'wstep' },
  { id: 'url', need: 'always', on: ['a'], within: 'wstep', wrong: linked(/^https?:\/\/[^\s]+$/) },
  { id: 'data-publikacja', need: 'always', on: ['time'], wrong: dated },
  { id: 'data-aktualizacja', need: 'always', on: ['time'], wrong: dated },
  { id: 'status', need: 'always', on: [...blocks, 'span', 'strong'] },
  { id: 'ocena', need: 'maybe', on: [...blocks, 'a', 'ul'] },
  { id: 'data-sporzadzenie', need: 'always', on: ['time'], wrong: dated },
  { id: 'data-przeglad', need: 'maybe', on: ['time'], wrong: dated },
  { id: 'audytor', need: 'maybe', on: words },
  // The person or unit, not the section: version 1 had `a11y-osoba` for that
  { id: 'kontakt', need: 'always', on: words },
  {
    id: 'email',
    need: 'always',
    on: ['a'],
    wrong: ({ attributes, text }) =>
      attributes.href === `mailto:${text}` && /^[^\s@]+@[^\s@]+[.][^\s@]+$/.test(text)
        ? undefined
        : `"${text}" with href="${attributes.href ?? ''}"`,
  },
  { id: 'telefon', need: 'always', on: ['a'], wrong: linked(/^tel:\+[1-9]\d{6,14}$/) },
  { id: 'procedura', need: 'always', on: blocks },
  { id: 'aplikacje', need: 'maybe', on: blocks },
  { id: 'architektura', need: 'always', on: blocks },
  {
    id: 'architektura-url',
    need: 'maybe',
    on: ['a'],
    within: 'architektura',
    wrong: linked(/^https?:\/\/[^\s]+$/),
  },
  { id: 'komunikacja', need: 'always', on: blocks },
]

/** Headings word for word, with ordinary spaces, in their order; those that are not always there in brackets. */
const headings = [
  'Deklaracja dostępności',
  'Stan dostępności cyfrowej',
  '[Niedostępne treści]',
  '[Niezgodność z załącznikiem]',
  '[Treści nieobjęte przepisami]',
  '[Nadmierne koszty]',
  'Przygotowanie deklaracji dostępności i jej aktualizacja',
  '[Udogodnienia, ograniczenia i inne informacje]',
  '[Skróty klawiszowe]',
  'Informacje zwrotne i dane kontaktowe',
  'Obsługa wniosków i skarg związanych z dostępnością',
  'Pozostałe informacje',
  '[Aplikacje mobilne]',
  'Dostępność architektoniczna',
  'Dostępność komunikacyjno-informacyjna',
] as const

/** Everything that is wrong with a declaration as it is published; `headings` are looked at in Polish only. */
export function declarationFindings(html: string, language: 'pl' | 'en' | 'uk'): string[] {
  const elements = elementsIn(html)
  const marked = elements.filter(({ id }) => id.startsWith('a11y-'))
  const known = new Set(rules.map(({ id }) => `a11y-${id}`))
  return [
    ...rules.flatMap((rule) => findingsOf(rule, marked)),
    ...marked.filter(({ id }) => !known.has(id)).map(({ id }) => `${id}: not an id of the conditions`),
    ...orderOfDays(marked),
    ...(language === 'pl' ? headingFindings(elements) : []),
  ]
}

function findingsOf(rule: Rule, marked: readonly Found[]): string[] {
  const name = `a11y-${rule.id}`
  const [element, ...more] = marked.filter(({ id }) => id === name)
  if (!element) return rule.need === 'always' ? [`${name}: missing`] : []
  if (more.length > 0) return [`${name}: ${more.length + 1} times`]
  const wrong = rule.wrong?.(element)
  return [
    ...(rule.on.includes(element.tag) ? [] : [`${name}: on <${element.tag}>`]),
    ...(element.text === '' ? [`${name}: empty`] : []),
    ...(rule.within === undefined || element.within.includes(`a11y-${rule.within}`)
      ? []
      : [`${name}: not within a11y-${rule.within}`]),
    ...(wrong === undefined ? [] : [`${name}: ${wrong}`]),
  ]
}

function orderOfDays(marked: readonly Found[]): string[] {
  const day = (id: string) => marked.find((element) => element.id === `a11y-data-${id}`)?.attributes.datetime
  const isBefore = (one: string | undefined, other: string | undefined) =>
    one !== undefined && other !== undefined && one < other
  return [
    ...(isBefore(day('aktualizacja'), day('publikacja')) ? ['updated before it was published'] : []),
    ...(isBefore(day('przeglad'), day('sporzadzenie')) ? ['reviewed before it was made'] : []),
  ]
}

function headingFindings(elements: readonly Found[]): string[] {
  const said = elements.filter(({ tag }) => /^h[1-6]$/.test(tag)).map(({ text }) => text)
  const expected = headings
    .filter((heading) => !heading.startsWith('[') || said.includes(heading.slice(1, -1)))
    .map((heading) => heading.replace(/^\[|\]$/g, ''))
  return said.join(' | ') === expected.join(' | ') ? [] : [`headings: ${said.join(' | ')}`]
}

const tagPattern = /<(\/?)([a-z][a-z0-9]*)((?:\s+[^\s"'<>/=]+(?:="[^"]*")?)*)\s*\/?>/g
const emptyTags = new Set(['br', 'hr', 'img', 'input', 'link', 'meta', 'path', 'circle', 'rect'])

/** The elements of a page that our renderer wrote: well-formed, attributes in double quotes. */
function elementsIn(html: string): Found[] {
  const found: Found[] = []
  const open: { tag: string; element: Found; from: number }[] = []
  for (const match of html.matchAll(tagPattern)) {
    const [whole, isEnd, tag = '', written = ''] = match
    if (isEnd === '/') {
      const at = open.findLastIndex((one) => one.tag === tag)
      const [closed] = at === -1 ? [] : open.splice(at)
      if (closed) closed.element.text = textOf(html.slice(closed.from, match.index))
      continue
    }
    const attributes = Object.fromEntries(
      [...written.matchAll(/([^\s"=]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, plain(value)]),
    )
    const within = open.map(({ element }) => element.id).filter((id) => id !== '')
    const element = { id: attributes.id ?? '', tag, attributes, text: '', within }
    found.push(element)
    if (!emptyTags.has(tag) && !whole.endsWith('/>'))
      open.push({ tag, element, from: match.index + whole.length })
  }
  return found
}

const textOf = (html: string): string => plain(html.replace(/<[^>]*>/g, '')).trim()
const plain = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
