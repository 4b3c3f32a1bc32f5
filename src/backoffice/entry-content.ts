import type { EntryKind } from './entry-kind'

/** What a webhook says of a settled matter; the guide docs/guides/back-office.md shows it as JSON. */
interface SettledMatter {
  reference: string
  visit: { number: string; startsAt: string; branch: { code: string; name: string }; topic: string }
  client: { firstName: string; lastName: string; phone: string; email: string }
  /** Who spoke for the client, if somebody did. */
  guardian: { firstName: string; lastName: string } | null
  /** The check on which it rests: kind of document, never its number. */
  identity: { document: string | null; confirmedAt: string } | null
}

export interface ApplicationContent extends SettledMatter {
  acceptedAt: string
  certificate: { kind: string; name: string }
  purpose: string
}

export interface ProfileConfirmationContent extends SettledMatter {
  confirmedAt: string
}

export type EntryContent = ApplicationContent | ProfileConfirmationContent

/**
 * Reads what an entry says, unsealed, at the moment it is sent; undefined when it was erased since. The
 * domain that settled the matter brings it.
 */
export type EntryReader = (entry: { kind: EntryKind; subjectId: string }) => Promise<EntryContent | undefined>

/** Words of the content that must not be kept with what an endpoint answered. */
export function personalWords(content: EntryContent): string[] {
  const { client, guardian } = content
  const words = [client.firstName, client.lastName, client.phone, client.email]
  const others = guardian ? [guardian.firstName, guardian.lastName] : []
  return [...words, ...others, ...('purpose' in content ? [content.purpose] : [])]
}
