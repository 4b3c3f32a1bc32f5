import { IntlMessageFormat, MissingValueError } from 'intl-messageformat'
import type { Language } from '../../texts/catalogue'

/** Values of a message's placeholders. */
export type TextArgs = Readonly<Record<string, string | number>>

/** A message ready to be filled; throws MissingArgumentError. */
export type CompiledMessage = (args: TextArgs) => string

/** A text was asked for without a value that it needs. */
export class MissingArgumentError extends Error {
  override readonly name = 'MissingArgumentError'
  constructor(key: string, argument: string) {
    super(`Text ${key} needs the argument {${argument}}`)
  }
}

const numberFormats = new Map<string, Intl.NumberFormat>()
const pluralRules = new Map<string, Intl.PluralRules>()

const cached = <T>(cache: Map<string, T>, key: string, create: () => T): T => {
  const known = cache.get(key)
  if (known !== undefined) return known
  const created = create()
  cache.set(key, created)
  return created
}

// One Intl object per language instead of one per message: creating them dominates the cost of a text.
const formatters = {
  getNumberFormat: (...[locales, options]: ConstructorParameters<typeof Intl.NumberFormat>) =>
    cached(numberFormats, JSON.stringify([locales, options]), () => new Intl.NumberFormat(locales, options)),
  getPluralRules: (...[locales, options]: ConstructorParameters<typeof Intl.PluralRules>) =>
    cached(pluralRules, JSON.stringify([locales, options]), () => new Intl.PluralRules(locales, options)),
  getDateTimeFormat: (...[locales, options]: ConstructorParameters<typeof Intl.DateTimeFormat>) =>
    new Intl.DateTimeFormat(locales, options),
}

const placeholder = /\{(\w+)\}/
// Without apostrophes: in ICU one of them before a brace makes it an ordinary sign
const onlyPlaceholders = /^[^{}']*(?:\{\w+\}[^{}']*)*$/
const missingVariable = /variable "(\w+)"/

const compileSimple = (key: string, message: string): CompiledMessage => {
  const parts = message.split(placeholder)
  return (args) => {
    let text = ''
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i] as string
      if (i % 2 === 0) text += part
      else {
        const value = args[part]
        if (value === undefined) throw new MissingArgumentError(key, part)
        text += String(value)
      }
    }
    return text
  }
}

const compileIcu = (key: string, message: string, language: Language): CompiledMessage => {
  const format = new IntlMessageFormat(message, language, undefined, { formatters, ignoreTag: true })
  return (args) => {
    try {
      return String(format.format(args))
    } catch (error) {
      const missing = error instanceof MissingValueError && missingVariable.exec(error.message)?.[1]
      throw missing ? new MissingArgumentError(key, missing) : error
    }
  }
}

/** Compiles an ICU message once: a message with plain placeholders costs a string join, other ones a format. */
export const compileMessage = (key: string, message: string, language: Language): CompiledMessage =>
  onlyPlaceholders.test(message) ? compileSimple(key, message) : compileIcu(key, message, language)
