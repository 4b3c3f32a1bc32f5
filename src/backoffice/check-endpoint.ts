import { type EndpointForm, longestDescription } from './endpoint'
import { type EndpointRules, type EndpointUrl, readEndpointUrl } from './endpoint-url'
import { type EntryKind, isEntryKind } from './entry-kind'

type UrlProblem = Extract<EndpointUrl, { ok: false }>['reason']
export type EndpointProblem = UrlProblem | 'description_missing' | 'description_too_long' | 'kinds_missing'

export type CheckedEndpoint =
  | { ok: true; endpoint: { url: string; description: string; kinds: EntryKind[] } }
  | { ok: false; reason: 'invalid'; problems: EndpointProblem[] }

/** Everything that is wrong with what was typed, at once. */
export function checkEndpoint(form: EndpointForm, rules: EndpointRules): CheckedEndpoint {
  const description = form.description.trim()
  const kinds = form.kinds.filter(isEntryKind)
  const read = readEndpointUrl(form.url, rules)
  const problems: EndpointProblem[] = [
    ...(description === '' ? (['description_missing'] as const) : []),
    ...(description.length > longestDescription ? (['description_too_long'] as const) : []),
    ...(read.ok ? [] : [read.reason]),
    ...(kinds.length === 0 ? (['kinds_missing'] as const) : []),
  ]
  if (!read.ok || problems.length > 0) return { ok: false, reason: 'invalid', problems }
  return { ok: true, endpoint: { url: read.url.href, description, kinds: [...new Set(kinds)] } }
}
