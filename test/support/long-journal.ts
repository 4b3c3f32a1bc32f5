import type { JournalRecord } from '../../src/contract/journal'
import { blackKeyFrame } from '../../src/recording/vp8'

const picturesPerSecond = 20
const pictureBytes = 5000
const soundBytes = 80

/** A call of two people at about 800 kbit/s each way, as many seconds as wanted, without ever being whole in memory. */
export function* longCall(startsAt: number, seconds: number): Generator<JournalRecord> {
  const people = ['client', 'officer'] as const
  const picture = new Uint8Array(pictureBytes)
  picture.set(blackKeyFrame({ width: 640, height: 360 }))
  const sound = new Uint8Array(soundBytes)
  sound.set([0xf8, 0xff, 0xfe])
  for (const [index, participant] of people.entries()) {
    const about = { participant, clockRate: 48_000 }
    yield {
      kind: 'track',
      track: index,
      at: startsAt,
      description: { ...about, kind: 'audio', codec: 'opus' },
    }
    yield {
      ...{ kind: 'track', track: index + 2, at: startsAt },
      description: { participant, clockRate: 90_000, kind: 'video', codec: 'vp8' },
    }
  }
  for (let ms = 0; ms < seconds * 1000; ms += 10) {
    for (const index of people.keys()) {
      const frame = { kind: 'frame', at: startsAt + ms, capturedAt: null, key: true, number: null } as const
      if (ms % 20 === 0) yield { ...frame, track: index, rtpTime: ms * 48, payload: sound }
      if (ms % (1000 / picturesPerSecond) === 0)
        yield { ...frame, track: index + 2, rtpTime: (ms * 90) >>> 0, payload: picture }
    }
  }
}
