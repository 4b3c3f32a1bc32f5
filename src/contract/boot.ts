/**
 * What the server hands a live page: JSON in `<script type="application/json" id="boot">`, and a shell whose
 * elements carry the ids below. Texts are translated already; a `{name}` left in one is filled by the page.
 */
export const bootId = 'boot'

/** Texts by key, and texts that count: index 0, 1, 2 …, the last one for everything above. */
export interface BootTexts<Key extends string, Counted extends string> {
  texts: Readonly<Record<Key, string>>
  counted: Readonly<Record<Counted, readonly string[]>>
}

export const mediaTextKeys = [
  'meet.allow',
  'meet.asking',
  'meet.preview',
  'meet.previewOff',
  'meet.level',
  'meet.level.heard',
  'meet.level.silent',
  'meet.ready',
  'meet.both.denied.title',
  'meet.both.denied.fix',
  'meet.both.systemDenied.title',
  'meet.both.systemDenied.fix',
  'meet.both.dismissed.title',
  'meet.both.dismissed.fix',
  'meet.both.notFound.title',
  'meet.both.notFound.fix',
  'meet.camera.denied.title',
  'meet.camera.denied.fix',
  'meet.camera.systemDenied.title',
  'meet.camera.systemDenied.fix',
  'meet.camera.inUse.title',
  'meet.camera.inUse.fix',
  'meet.camera.notFound.title',
  'meet.camera.notFound.fix',
  'meet.camera.failed.title',
  'meet.camera.failed.fix',
  'meet.microphone.denied.title',
  'meet.microphone.denied.fix',
  'meet.microphone.systemDenied.title',
  'meet.microphone.systemDenied.fix',
  'meet.microphone.inUse.title',
  'meet.microphone.inUse.fix',
  'meet.microphone.notFound.title',
  'meet.microphone.notFound.fix',
  'meet.microphone.failed.title',
  'meet.microphone.failed.fix',
  'meet.unsupported.title',
  'meet.unsupported.fix',
  'meet.insecure.title',
  'meet.insecure.fix',
  'meet.testPicture',
  'ui.retry',
] as const

export type MediaTextKey = (typeof mediaTextKeys)[number]

/** What the officer warns of, as both sides read it; one for each of `warningReasons`. */
export const warningTextKeys = [
  'warning.third_person',
  'warning.public_place',
  'warning.noise',
  'warning.left_view',
  'warning.camera_off',
  'warning.client_recording',
  'warning.behaviour',
  'warning.picture',
] as const

/** Made of one text with a choice in it: which device is gone. */
export type DeviceGoneKey =
  | 'call.deviceGone.camera'
  | 'call.deviceGone.microphone'
  | 'call.deviceGoneNone.camera'
  | 'call.deviceGoneNone.microphone'
