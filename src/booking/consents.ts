import type { Directory } from '../institution/directory'
import type { Day } from '../platform/zone'

export const consentKinds = ['privacy', 'recording', 'guardian'] as const
export type ConsentKind = (typeof consentKinds)[number]

export interface GivenConsent {
  kind: ConsentKind
  /** Of the text that the person was shown. */
  version: string
}

export interface AskedConsent {
  kind: ConsentKind
  /** The version in force: what the form sends back when the box is ticked. */
  version: string
  required: boolean
}

/** The consents to ask for, in the order of the page. */
export declare function askedConsents(directory: Directory, hasGuardian: boolean, day: Day): AskedConsent[]
