import { newUuid } from '../call/page-id'
import { type CarriedOver, nothingCarried } from './carry-over'
import { createRecording, type Fact, type Recording, type RecordingParts, type Start } from './recording'
import type { UploadEnd } from './upload-batches'
import type { RecorderView } from './worker-messages'

/** The server takes nothing more of this session, but would of another one. */
const endsSession: readonly (UploadEnd | null)[] = [
  'damaged',
  'gap',
  'out_of_range',
  'different',
  'broken_chain',
  'forged',
]

/** What is true until something else is said about the same. */
function aboutOf(fact: Fact): string | null {
  switch (fact.type) {
    case 'plan':
      return `plan ${fact.tap}`
    case 'muted':
      return `muted ${fact.participant} ${fact.kind}`
    case 'pause':
    case 'hold':
      return fact.type
    default:
      return null
  }
}

type LastingParts = Pick<RecordingParts, 'askKeyFrame'> & { onView: (view: RecorderView) => void }

/** Records on in a new session, with all that the server has not got, when it refuses one for good. */
export function createLastingRecording(
  start: Start,
  { askKeyFrame, onView }: LastingParts,
  create: (start: Start, parts: RecordingParts, carried: CarriedOver) => Recording = createRecording,
): Pick<Recording, 'frame' | 'handle' | 'stop'> {
  const facts = new Map<string, Fact>()
  let restarts = 0
  let stopping = false
  const givenUp: Promise<void>[] = []

  const begin = (session: string, carried: CarriedOver): Recording => {
    let over = false
    return create(
      { ...start, session },
      {
        askKeyFrame,
        onView(view) {
          if (over) return
          // A session of which nothing was taken is not helped by another one after it
          const helps = view.savedTo !== null || restarts === 0
          over = !stopping && helps && endsSession.includes(view.end)
          if (over) restart()
          else onView({ ...view, restarts })
        },
      },
      carried,
    )
  }
  const restart = (): void => {
    const refused = current
    const carried = refused.carryOver()
    restarts++
    current = begin(newUuid(), carried)
    for (const fact of facts.values()) current.handle(fact)
    givenUp.push(refused.giveUp(carried.isWhole ? current.hasCarried : Promise.resolve(false)))
  }
  let current = begin(start.session, nothingCarried)

  return {
    frame: (...given) => current.frame(...given),
    handle(fact: Fact) {
      const about = aboutOf(fact)
      if (about !== null) facts.set(about, fact)
      if (fact.type === 'gone') facts.delete(`plan ${fact.tap}`)
      current.handle(fact)
    },
    async stop() {
      stopping = true
      await current.stop()
      await Promise.all(givenUp)
    },
  }
}
