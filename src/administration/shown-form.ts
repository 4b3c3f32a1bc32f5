import type { TypedDeclaration } from '../institution/check-declaration'
import type { TypedLegalValues } from '../institution/check-legal-values'
import {
  type DeclarationExtra,
  declarationExtras,
  type DeclarationValue,
  declarationValues,
} from '../institution/declaration-schema'
import { type LegalValueName, legalValueNames } from '../institution/legal-values-schema'
import { type Language, languages } from '../texts/catalogue'

/** A form's fields by the places of their values, e.g. `dpoContact.pl`. */
export type Fields = Readonly<Record<string, string>>

/** Name of the tick that says of a sample that it is right. */
export const confirmField = (place: string): string => `confirmed.${place}`
export const versionField = 'version'

/** Every text of nested values, by its place; null is an empty field, other kinds are left out. */
export function fieldsOf(values: object, before = ''): Fields {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, string][] => {
      const place = `${before}${name}`
      if (value === null) return [[place, '']]
      if (typeof value === 'string') return [[place, value]]
      return typeof value === 'object' ? Object.entries(fieldsOf(value as object, `${place}.`)) : []
    }),
  )
}

/** The texts of a body; what a browser does to the ends of lines is undone. */
export function fieldsOfBody(body: unknown): Fields {
  if (typeof body !== 'object' || body === null) return {}
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.replaceAll('\r\n', '\n')]] : [],
    ),
  )
}

const at = (fields: Fields, place: string): string => fields[place] ?? ''
const inLanguages = <T>(make: (language: Language) => T) =>
  Object.fromEntries(languages.map((language) => [language, make(language)])) as Record<Language, T>
const inNames = <Name extends string, T>(names: readonly Name[], make: (name: Name) => T) =>
  Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, T>
const ticked = <Name extends string>(fields: Fields, names: readonly Name[], place: (name: Name) => string) =>
  names.filter((name) => fields[confirmField(place(name))] !== undefined)

export const typedLegalValues = (fields: Fields): TypedLegalValues => ({
  values: inNames(legalValueNames, (name: LegalValueName) =>
    inLanguages((language) => at(fields, `${name}.${language}`)),
  ),
  confirmed: ticked(fields, legalValueNames, (name) => name),
})

export const typedDeclaration = (fields: Fields): TypedDeclaration => ({
  dates: inNames(['published', 'updated', 'made', 'reviewed'], (name) => at(fields, `dates.${name}`)),
  compliance: at(fields, 'compliance'),
  method: at(fields, 'method'),
  phoneE164: at(fields, 'phoneE164').replaceAll(/[\s-]/g, ''),
  values: inNames(declarationValues, (name: DeclarationValue) =>
    inLanguages((language) => at(fields, `values.${name}.${language}`)),
  ),
  extras: inNames(declarationExtras, (name: DeclarationExtra) =>
    inLanguages((language) => at(fields, `extras.${name}.${language}`)),
  ),
  procedure: inLanguages((language) => at(fields, `procedure.${language}`)),
  confirmed: ticked(fields, [...declarationValues, 'dates'], (name) =>
    name === 'dates' ? name : `values.${name}`,
  ),
})
