import type { BootTexts } from './boot'

export const playerTextKeys = [
  'player.play',
  'player.pause',
  'player.position',
  'player.waiting',
  'player.failed',
  'player.stopped',
] as const
export type PlayerTextKey = (typeof playerTextKeys)[number]

/** A stretch of the recording, in milliseconds of its clock. */
export interface Stretch {
  fromMs: number
  toMs: number
}

/** One file: a person's sound and picture, or a shared screen. */
export interface PlayerFile {
  name: string
  address: string
  /** Where the file's own moment 0 lies on the recording's clock. */
  offsetMs: number
  durationMs: number
  /** Without picture, with the reason in words. */
  gaps: readonly (Stretch & { words: string })[]
  mutes: readonly Stretch[]
}

/** What the page of the player starts from. */
export interface PlayerBoot extends BootTexts<PlayerTextKey, never> {
  durationMs: number
  files: readonly PlayerFile[]
  chapters: readonly number[]
  /** Takes the moment to which somebody jumps. */
  seekAddress: string
  /** Who watches, for the watermark, and the server's time beside it. */
  viewer: string
  now: string
  timeZone: string
}

/** Attributes and ids with which the page and its script find each other. */
export const playerIds = {
  stage: 'obraz',
  watermark: 'znak-wodny',
  timeline: 'os-czasu',
  position: 'polozenie',
  play: 'odtworz',
  back: 'wstecz',
  forward: 'dalej',
  previous: 'poprzedni',
  next: 'nastepny',
  speed: 'szybkosc',
  fullScreen: 'pelny-ekran',
  message: 'komunikat',
  shortcuts: 'skroty',
} as const
