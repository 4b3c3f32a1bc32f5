import {
  catalogues,
  type EmailKey,
  emailCatalogue,
  type Language,
  languages,
  staffCatalogue,
  type StaffTextKey,
  type TextKey,
} from '../../texts/catalogue'
import { compileMessage, type CompiledMessage, type TextArgs } from './message'
import { escapeMarkdown } from './markdown'

/**
 * What every text may say about the institution, in one language. `smsPhone` has ordinary spaces or none, so that
 * an SMS stays in GSM-7.
 */
export interface InstitutionWords {
  inst: string
  instName: string
  instAddress: string
  phone: string
  smsPhone: string
  phoneHours: string
  site: string
  profileName: string
  hours: string
  minutes: number
  openBefore: number
}

/** The institution's own wording of texts, by key; what is not in it is said as the catalogue says it. */
export type OwnWording = ReadonlyMap<string, string>

/** What texts are made from, asked anew for each: both may change while the product runs. */
export interface TextSource {
  words(language: Language): InstitutionWords
  /** Undefined while there is none at all. */
  wording(language: Language): OwnWording | undefined
}

/** Texts of one language; `t` throws MissingArgumentError naming the key and the argument. */
export interface Translator {
  readonly language: Language
  readonly t: (key: TextKey, args?: TextArgs) => string
}

/** Polish texts of the staff's pages. */
export interface StaffTranslator {
  readonly t: (key: StaffTextKey, args?: TextArgs) => string
}

/** Value that already is Markdown, such as a list; ordinary strings are escaped in e-mail bodies. */
export interface MarkdownValue {
  markdown: string
}

export type EmailArgs = Readonly<Record<string, string | number | MarkdownValue>>

type Format<Key> = (key: Key, args: TextArgs, words: InstitutionWords, own?: string) => string

const formatOf = <Key extends string>(messages: Record<Key, string>, language: Language): Format<Key> => {
  const compiledMessages = new Map<Key, { message: string; compiled: CompiledMessage }>()
  return (key, args, words, own) => {
    const message = own ?? messages[key]
    if (!message.includes('{')) return message
    let known = compiledMessages.get(key)
    if (known?.message !== message) {
      known = { message, compiled: compileMessage(key, message, language) }
      compiledMessages.set(key, known)
    }
    return known.compiled({ ...words, ...args })
  }
}

const bodiesIn = (language: Language): Record<EmailKey, string> =>
  Object.fromEntries(
    Object.entries(emailCatalogue).map(([key, body]) => [key, body[language].join('\n')]),
  ) as Record<EmailKey, string>

const perLanguage = <T>(create: (language: Language) => T): Record<Language, T> =>
  Object.fromEntries(languages.map((language) => [language, create(language)])) as Record<Language, T>

// Shared by all translators, so that a message is parsed once in the life of the process.
const formatText = perLanguage((language) => formatOf<TextKey>(catalogues[language], language))
const formatEmail = perLanguage((language) => formatOf<EmailKey>(bodiesIn(language), language))
const formatStaffText = formatOf<StaffTextKey>(staffCatalogue, 'pl')

const noArgs: TextArgs = {}

/** Texts of a language with the institution's words filled in wherever a message asks for them. */
export const createTranslator = (language: Language, institutionWords: InstitutionWords): Translator =>
  liveTranslator(language, fixedSource(institutionWords))

/** Texts of a language as the institution says them at the moment of asking. */
export const liveTranslator = (language: Language, source: TextSource): Translator => {
  const format = formatText[language]
  return {
    language,
    t: (key, args = noArgs) => format(key, args, source.words(language), source.wording(language)?.get(key)),
  }
}

/** Words that stay as they are, and no wording of the institution's own. */
const fixedSource = (words: InstitutionWords): TextSource => ({
  words: () => words,
  wording: () => undefined,
})

/** The staff's Polish texts; takes the institution's Polish words, or where to ask for them. */
export const staffTranslator = (
  institutionWords: InstitutionWords | (() => InstitutionWords),
): StaffTranslator => {
  const words = typeof institutionWords === 'function' ? institutionWords : () => institutionWords
  return { t: (key, args = noArgs) => formatStaffText(key, args, words()) }
}

const markdownOf = (value: string | number | MarkdownValue, name: string): string | number => {
  if (typeof value === 'number') return value
  if (typeof value === 'object') return value.markdown
  if (!name.endsWith('Url')) return escapeMarkdown(value)
  if (/[\s()<>]/.test(value)) throw new Error(`Argument {${name}} cannot stand in a Markdown link`)
  return value
}

/**
 * Body of an e-mail as Markdown. Strings are escaped, so free text cannot add links; a value that is Markdown
 * comes as `{ markdown }`, an argument whose name ends in `Url` is put into a link as it is.
 * @param own the institution's own wording, instead of the catalogue's
 */
export const emailText = (
  key: EmailKey,
  language: Language,
  args: EmailArgs,
  institutionWords: InstitutionWords,
  own?: string,
): string => {
  const values = Object.entries(args).map(([name, value]) => [name, markdownOf(value, name)])
  return formatEmail[language](key, Object.fromEntries(values) as TextArgs, institutionWords, own)
}
