import type { DocumentKind, IdentityReason, IdentityResult, Matter } from './visit-matters'

/** What a visit has settled so far, as the desk shows it. Instants are ISO text. */
export interface Settlement {
  identity: {
    result: IdentityResult
    document: DocumentKind | null
    reason: IdentityReason | null
    officer: string
    decidedAt: string
  } | null
  matters: readonly Matter[]
  applications: readonly {
    id: string
    kindCode: string
    reference: string
    purpose: string
    acceptedAt: string
  }[]
  profile: { reference: string; confirmedAt: string } | null
  followUp: { number: string; startsAt: string } | null
  /** The officer's words to the client. */
  agreed: string
}
