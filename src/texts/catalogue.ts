import emails from './emails.json'
import en from './en.json'
import pl from './pl.json'
import staff from './staff.json'
import uk from './uk.json'

/** The languages of the citizen's pages and messages; the desk is Polish only. */
export const languages = ['pl', 'en', 'uk'] as const
export type Language = (typeof languages)[number]

/** Key of a short text that exists in every language. */
export type TextKey = keyof typeof pl
/** Key of a Polish text of the desk, the administration or the demonstration's mailbox. */
export type StaffTextKey = keyof typeof staff
/** Key of an e-mail body or of the footer, kept as Markdown with ICU placeholders. */
export type EmailKey = keyof typeof emails

type Bodies = Record<EmailKey, Record<Language, readonly string[]>>

/** Short texts as ICU messages; a key missing in a translation does not compile. */
export const catalogues = { pl, en, uk } satisfies Record<Language, Record<TextKey, string>>

/** Polish texts of the staff's pages as ICU messages. */
export const staffCatalogue = staff satisfies Record<StaffTextKey, string>

/** E-mail bodies, one array item per line of Markdown. */
export const emailCatalogue = emails satisfies Bodies

/** Says whether a string (a URL part, a cookie, a form field) names one of our languages. */
export const isLanguage = (value: string): value is Language =>
  (languages as readonly string[]).includes(value)
