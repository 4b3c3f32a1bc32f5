/** What happens in a visit beside its state: closed lists that the database, the desk and the client's page share. */

/** What the officer asks the client to do; all but the face and the screen show a document. */
export const askedThings = ['face', 'front', 'back', 'closer', 'glare', 'still', 'share'] as const
export type AskedThing = (typeof askedThings)[number]

/** Asked while a document is before the camera: then sharpness matters more than movement. */
export const showsDocument = (asked: AskedThing | null): boolean =>
  asked !== null && asked !== 'face' && asked !== 'share'

export const warningReasons = [
  'third_person',
  'public_place',
  'noise',
  'left_view',
  'camera_off',
  'client_recording',
  'behaviour',
  'picture',
] as const
export type WarningReason = (typeof warningReasons)[number]

/** How the recording stands. While it starts or is interrupted nothing is decided that needs it. */
export const recordingStates = ['off', 'starting', 'on', 'interrupted', 'paused', 'unrecorded'] as const
export type RecordingState = (typeof recordingStates)[number]

/** A track as the officer is told of it: whose it is, and what. */
export const trackNames = [
  'remoteVideo',
  'remoteAudio',
  'localVideo',
  'localAudio',
  'guestVideo',
  'guestAudio',
] as const
export type TrackName = (typeof trackNames)[number]

export const identityResults = ['confirmed', 'not_confirmed', 'not_needed'] as const
export type IdentityResult = (typeof identityResults)[number]

export const documentKinds = [
  'idCard',
  'passport',
  'residenceCard',
  'drivingLicence',
  'mobile',
  'foreign',
] as const
export type DocumentKind = (typeof documentKinds)[number]

/** Why an identity was not confirmed. */
export const identityReasons = ['face', 'data', 'expired', 'unreadable', 'none', 'refused'] as const
export type IdentityReason = (typeof identityReasons)[number]

/** What a visit was used for, beside applications and profile confirmations. */
export const matters = ['general', 'forms', 'advice', 'profile_create'] as const
export type Matter = (typeof matters)[number]

/** Longest message of the chat, in characters. */
export const longestChatMessage = 2000
