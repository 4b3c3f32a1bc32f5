import { localizedPath } from '../platform/http/localized-path'
import type { Keys } from '../platform/keys'
import { type LinkPurpose, signLink } from '../platform/signed-link'
import type { Language } from '../texts/catalogue'

/** Absolute addresses that messages and pages of one visit point to, in the visit's language. */
interface VisitUrls {
  meeting: string
  guardian: string
  cancel: string
  manage: string
  move: string
  device: string
  rules: string
  privacy: string
  recording: string
  book: string
}

/** @param publicUrl address of the service without a trailing slash */
export function visitUrls(
  publicUrl: string,
  keys: Keys,
  visit: { id: string; linkVersion: number; language: Language },
): VisitUrls {
  const page = (path: string) => `${publicUrl}${localizedPath(visit.language, path)}`
  const link = (folder: string, purpose: LinkPurpose) =>
    page(`/${folder}/${signLink(keys, purpose, visit.id, visit.linkVersion)}`)
  return {
    meeting: link('spotkanie', 'meeting'),
    guardian: link('spotkanie', 'guardian'),
    cancel: link('anuluj', 'cancel'),
    manage: link('wizyta', 'manage'),
    move: `${link('wizyta', 'manage')}/termin`,
    device: page('/sprawdz-urzadzenie'),
    rules: page('/zasady'),
    privacy: page('/dane-osobowe'),
    recording: page('/nagrywanie'),
    book: page('/temat'),
  }
}
