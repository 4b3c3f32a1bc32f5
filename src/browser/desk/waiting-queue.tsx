import { useEffect, useRef, useState } from 'preact/hooks'
import type { DeskVisit } from '../../contract/desk-live'
import { useDay } from './day-context'
import { minutesSince } from './day-list'
import { deviceLines } from './device-lines'
import { Icon } from './icon'
import { arrangeQueue, nextToCallIn, type QueueCard, queueChanges, waitingOf } from './queue-order'

interface QueueProps {
  visits: readonly DeskVisit[]
  now: Date
  onCallIn: (visit: DeskVisit) => void
  /** Visit that is being called in. */
  calling: string | null
}

/** Who waits, longest first. Nothing moves under the pointer or under the focus. */
export function WaitingQueue({ visits, now, onCallIn, calling }: QueueProps) {
  const { boot, text } = useDay()
  const [pointed, setPointed] = useState(false)
  const [focused, setFocused] = useState(false)
  const shown = useRef<readonly QueueCard[]>([])
  shown.current = arrangeQueue(shown.current, visits, pointed || focused)
  const announcement = useAnnouncement(visits)
  const next = nextToCallIn(visits, boot.me.topicIds)
  const count = waitingOf(visits).length

  return (
    <section
      class="queue"
      aria-labelledby="czekaja"
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocusIn={() => setFocused(true)}
      onFocusOut={() => setFocused(false)}
    >
      <h2 id="czekaja">{text('desk.waitingCount', { n: count })}</h2>
      <p class="hide" role="status">
        {announcement}
      </p>
      {shown.current.length === 0 && <p class="muted">{text('desk.list.empty.waiting')}</p>}
      {shown.current.map(({ visit, gone }) => (
        <WaitingCard
          key={visit.id}
          visit={visit}
          gone={gone}
          now={now}
          first={visit.id === next}
          calling={calling === visit.id}
          onCallIn={() => onCallIn(visit)}
        />
      ))}
    </section>
  )
}

interface CardProps {
  visit: DeskVisit
  gone: boolean
  now: Date
  first: boolean
  calling: boolean
  onCallIn: () => void
}

function WaitingCard({ visit, gone, now, first, calling, onCallIn }: CardProps) {
  const { boot, text, count, clockTime } = useDay()
  const waited = minutesSince(visit.waitingSince ?? visit.startsAt, now)
  const late = minutesSince(visit.startsAt, now)
  const otherTopic = !boot.me.topicIds.includes(visit.topicId)
  return (
    <article class={`wcard${first && !gone ? ' first' : ''}`} data-visit={visit.number} data-gone={gone}>
      <div class="row">
        <div class="grow">
          <h3>{visit.client}</h3>
          <p class="muted">
            {clockTime(new Date(visit.startsAt))} · {visit.topic}
          </p>
        </div>
        {!gone && (
          <span class="tag tag-wait">
            <Icon name="clock" size={16} />
            {text('desk.waitingFor', { n: waited })}
          </span>
        )}
      </div>
      <ul>
        {!gone && !visit.clientPresent && (
          <li class="st st-warn">
            <Icon name="alert" size={18} />
            {text('desk.visit.away')}
          </li>
        )}
        {!gone && late > 0 && (
          <li class="st">
            <Icon name="clock" size={18} />
            {count('desk.list.late', late)}
          </li>
        )}
        {deviceLines(visit, text).map((line) => (
          <li key={line.words} class={`st ${line.look}`}>
            <Icon name={line.icon} size={18} />
            {line.words}
          </li>
        ))}
        {visit.guardian !== null && (
          <li class="st">
            <Icon name="people" size={18} />
            {text('desk.list.guardian', { name: visit.guardian })}
          </li>
        )}
        {!visit.recordingConsent && (
          <li class="st st-warn">
            <Icon name="info" size={18} />
            {text('desk.list.recordingConsent.no')}
          </li>
        )}
        {otherTopic && (
          <li class="st">
            <Icon name="info" size={18} />
            {text('desk.topicOther')}
          </li>
        )}
      </ul>
      {gone ? (
        <p class="muted">
          {visit.officer === null
            ? text('desk.announce.left', { name: visit.client })
            : text('desk.callIn.taken', { officer: visit.officer })}
        </p>
      ) : (
        boot.mayCallIn &&
        !otherTopic && (
          <button
            type="button"
            class={`b b-big wide${first ? ' b-go' : ''}`}
            aria-label={`${text('desk.callIn')}: ${visit.client}`}
            aria-busy={calling}
            onClick={onCallIn}
          >
            <Icon name="camera" size={22} />
            {text('desk.callIn')}
          </button>
        )
      )}
    </article>
  )
}

/** Tells arrivals and departures once, politely. */
function useAnnouncement(visits: readonly DeskVisit[]): string {
  const { text } = useDay()
  const before = useRef(visits)
  const [announcement, setAnnouncement] = useState('')
  useEffect(() => {
    const { arrived, left } = queueChanges(before.current, visits)
    before.current = visits
    const said = [
      ...arrived.map((visit) => text('desk.announce.waiting', { name: visit.client })),
      ...left.map((visit) => text('desk.announce.left', { name: visit.client })),
    ]
    if (said.length > 0) setAnnouncement(said.join('. '))
  }, [visits])
  return announcement
}
