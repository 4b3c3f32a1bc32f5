import type { JournalRecord, TrackRecord } from '../../contract/journal'

/** What goes on in another session. */
export interface CarriedOver {
  records: readonly JournalRecord[]
  /** The highest number of a track in them. */
  lastTrack: number
  /** Nothing had to stay behind. */
  isWhole: boolean
}

export const nothingCarried: CarriedOver = { records: [], lastTrack: 0, isWhole: true }

/**
 * Makes records that a session could not hand over readable in another one: each track is described again before its
 * first record, and ends with its last. Slices of a file whose head the server already has are read by nobody there:
 * they stay behind.
 * @param described every track of the session so far, by number
 */
export function carryOver(
  described: ReadonlyMap<number, TrackRecord>,
  unsaved: readonly JournalRecord[],
): CarriedOver {
  const open = new Map<number, number>()
  const records: JournalRecord[] = []
  let lastTrack = 0
  let isWhole = true
  for (const record of unsaved) {
    const { track, at } = record
    if (record.kind !== 'track' && track !== 0 && !open.has(track)) {
      const known = described.get(track)
      if (!known || known.description.codec === 'webm') {
        isWhole = false
        continue
      }
      records.push({ ...known, at })
    }
    if (track !== 0) open.set(track, at)
    lastTrack = Math.max(lastTrack, track)
    if (record.kind === 'event' && record.event.type === 'ended') open.delete(track)
    records.push(record)
  }
  for (const [track, at] of open) records.push({ kind: 'event', track, at, event: { type: 'ended' } })
  return { records, lastTrack, isWhole }
}
