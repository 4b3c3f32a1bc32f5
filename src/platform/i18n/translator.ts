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

type Format<Key> = (key: Key, args: TextArgs, words: InstitutionWords) => string

const formatOf = <Key extends string>(messages: Record<Key, string>, language: Language): Format<Key> => {
  const compiledMessages = new Map<Key, CompiledMessage>()
  return (key, args, words) => {
    const message = messages[key]
    if (!message.includes('{')) return message
    let compiled = compiledMessages.get(key)
    if (!compiled) {
      compiled = compileMessage(key, message, language)
      compiledMessages.set(key, compiled)
    }
    return compiled({ ...words, ...args })
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

/** As they are, or asked for at each text where they may change. */
type Words = InstitutionWords | (() => InstitutionWords)
const wordsOf = (words: Words): InstitutionWords => (typeof words === 'function' ? words() : words)

/** Texts of a language with the institution's words filled in wherever a message asks for them. */
export const createTranslator = (language: Language, institutionWords: Words): Translator => {
  const format = formatText[language]
  return { language, t: (key, args = noArgs) => format(key, args, wordsOf(institutionWords)) }
}

/** The staff's Polish texts; takes the institution's Polish words. */
export const staffTranslator = (institutionWords: Words): StaffTranslator => ({
  t: (key, args = noArgs) => formatStaffText(key, args, wordsOf(institutionWords)),
})

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
 */
export const emailText = (
  key: EmailKey,
  language: Language,
  args: EmailArgs,
  institutionWords: InstitutionWords,
): string => {
  const values = Object.entries(args).map(([name, value]) => [name, markdownOf(value, name)])
  return formatEmail[language](key, Object.fromEntries(values) as TextArgs, institutionWords)
}
