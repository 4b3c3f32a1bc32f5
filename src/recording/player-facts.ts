import type { PlayerBoot, PlayerFile } from '../contract/player-boot'
import { playerTextKeys } from '../contract/player-boot'
import type { RecordingIndex } from '../contract/recording-index'
import type { Participant } from '../contract/signalling'
import type { WarningReason } from '../contract/visit-matters'
import type { Db } from '../platform/db'
import type { StaffTranslator } from '../platform/i18n/translator'
import type { Keys } from '../platform/keys'
import { textsOf } from '../visit/boot-texts'
import { readChat } from '../visit/chat-store'

/** '1:05', or '1:02:05' from an hour on. */
export function clockWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

const people = {
  client: 'desk.call.client',
  guardian: 'desk.call.guardian',
  interpreter: 'desk.call.interpreter',
  officer: 'player.officer',
} as const
export const personWords = ({ t }: StaffTranslator, participant: Participant): string =>
  t(people[participant])

/** Something that was written or warned of, at its moment. */
export interface Said {
  atMs: number
  who: string
  words: string
  isWarning: boolean
}

/** The chat and the warnings of a visit on the recording's clock, in order. */
export async function readSaid(
  db: Db,
  {
    visitId,
    startsAt,
    keys,
    staffTexts,
  }: { visitId: string; startsAt: Date; keys: Keys; staffTexts: StaffTranslator },
): Promise<Said[]> {
  const atMs = (when: Date) => Math.max(0, when.getTime() - startsAt.getTime())
  const chat = await readChat(db, { visitId, after: 0, keys })
  const warnings = await db
    .selectFrom('warning')
    .select(['reason', 'given_at'])
    .where('visit_id', '=', visitId)
    .execute()
  return [
    ...chat.map(({ author, text, sentAt }) => ({
      atMs: atMs(new Date(sentAt)),
      who: personWords(staffTexts, author),
      words: text,
      isWarning: false,
    })),
    ...warnings.map(({ reason, given_at: givenAt }) => ({
      atMs: atMs(givenAt),
      who: staffTexts.t('player.officer'),
      words: staffTexts.t('player.warning', {
        reason: staffTexts.t(`player.warning.${reason as WarningReason}`),
      }),
      isWarning: true,
    })),
  ].sort((one, other) => one.atMs - other.atMs)
}

export interface PlayerFacts {
  staffTexts: StaffTranslator
  index: RecordingIndex
  /** Address of this view, without a trailing slash. */
  address: string
  viewer: string
  now: Date
  timeZone: string
}

/** What the player's script starts from. */
export function playerBoot({ staffTexts, index, address, viewer, now, timeZone }: PlayerFacts): PlayerBoot {
  const fileOf = ({
    name,
    kind,
    participant,
    offsetMs,
    durationMs,
  }: RecordingIndex['files'][number]): PlayerFile => {
    const picture = kind === 'screen' ? 'screen' : 'video'
    const own = (stretch: { participant: Participant; kind: string }) =>
      stretch.participant === participant && stretch.kind === picture
    return {
      ...{ name, offsetMs, durationMs },
      address: `${address}/plik/${name}`,
      gaps: index.gaps
        .filter(own)
        .map(({ fromMs, toMs, why }) => ({ fromMs, toMs, words: staffTexts.t(`recording.why.${why}`) })),
      mutes:
        kind === 'screen'
          ? []
          : index.mutes
              .filter((mute) => mute.participant === participant && mute.kind === 'audio')
              .map(({ fromMs, toMs }) => ({ fromMs, toMs })),
    }
  }
  return {
    durationMs: index.durationMs,
    files: index.files.map(fileOf),
    chapters: index.chapters.map(({ atMs }) => atMs).sort((one, other) => one - other),
    seekAddress: `${address}/przewiniecie`,
    viewer,
    now: now.toISOString(),
    timeZone,
    texts: textsOf(staffTexts.t, playerTextKeys, { total: clockWords(index.durationMs) }),
    counted: {},
  }
}
