import type { JournalRecord, TrackRecord } from '../contract/journal'

/** A track without frames for so long, while they are expected, is a fault of the recording. */
const silentAfterMilliseconds = 3000

interface Flow {
  description: TrackRecord['description']
  expected: boolean
  /** On the clock of the batches. */
  lastAt: number
}

export type FlowVerdict = 'starting' | 'flowing' | 'silent' | 'paused'

/** Judges by the batches themselves whether everything arrives that should. */
export function createJournalFlow() {
  const tracks = new Map<number, Flow>()
  let framesSeen = false
  let paused = false

  return {
    handle(records: readonly JournalRecord[]): void {
      for (const record of records) {
        const flow = tracks.get(record.track)
        if (record.kind === 'track')
          tracks.set(record.track, { description: record.description, expected: true, lastAt: record.at })
        else if (record.kind === 'frame') {
          framesSeen = true
          if (flow) flow.lastAt = record.at
        } else if (record.event.type === 'paused') paused = record.event.paused
        else if (record.event.type === 'ended') tracks.delete(record.track)
        else if (record.event.type === 'expected' && flow) {
          flow.expected = record.event.expected
          flow.lastAt = record.at
        }
      }
    },
    /** `at`: when the newest batch was built. */
    verdict(at: number): FlowVerdict {
      if (paused) return 'paused'
      if (!framesSeen) return 'starting'
      const isSilent = Array.from(tracks.values()).some(
        ({ expected, lastAt }) => expected && at - lastAt > silentAfterMilliseconds,
      )
      return isSilent ? 'silent' : 'flowing'
    },
  }
}
