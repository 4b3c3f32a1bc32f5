import type { Language } from '../texts/catalogue'

const names: Record<Language, Intl.DisplayNames> = {
  pl: new Intl.DisplayNames('pl', { type: 'region', fallback: 'none' }),
  en: new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }),
  uk: new Intl.DisplayNames('uk', { type: 'region', fallback: 'none' }),
}

/** Codes with a name that are no countries: unions, outlying islands without a code of their own, placeholders. */
const noCountries = new Set('AC AN CP CQ CS DG EA EU EZ IC QO TA UN XA XB ZZ'.split(' '))

/** The name of a country by its ISO 3166-1 code; the code itself when nobody knows it. */
export const countryName = (country: string, language: Language): string =>
  names[language].of(country) ?? country

const letters = 'A B C D E F G H I J K L M N O P Q R S T U V W X Y Z'.split(' ')

/** All countries there are, by code. */
export const allCountries: readonly string[] = letters
  .flatMap((first) => letters.map((second) => first + second))
  .filter((code) => !noCountries.has(code) && names.en.of(code) !== undefined)

/** The countries in the order of their names in a language. */
export const byName = (countries: readonly string[], language: Language): string[] =>
  [...countries].sort((one, other) =>
    countryName(one, language).localeCompare(countryName(other, language), language),
  )
