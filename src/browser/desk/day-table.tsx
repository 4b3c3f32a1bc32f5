import { Fragment } from 'preact'
import { useState } from 'preact/hooks'
import type { DeskVisit } from '../../contract/desk-live'
import { useDay } from './day-context'
import { countsOf, isPast, missedBy, nowLineAt, stateTag } from './day-list'
import { deviceLook, deviceState } from './device-lines'
import { Icon } from './icon'
import { addressOf } from './send-form'

interface TableProps {
  visits: readonly DeskVisit[]
  now: Date
  onMissed: (visit: DeskVisit, by: 'client' | 'institution') => void
}

/** All visits of the day by time, with a line at the present moment. */
export function DayTable({ visits, now, onMissed }: TableProps) {
  const { boot, text, count, clockTime } = useDay()
  const [mine, setMine] = useState(false)
  const listed = mine ? visits.filter((visit) => boot.me.topicIds.includes(visit.topicId)) : visits
  const { booked, done } = countsOf(visits)
  const line = boot.today ? nowLineAt(listed, now) : -1
  const nowLine = (
    <tr class="nowline">
      <td colSpan={7}>
        <span>{text('desk.day.now', { time: clockTime(now) })}</span>
      </td>
    </tr>
  )
  return (
    <section class="card list">
      <div class="row">
        <h2 id="wizyty-dnia" class="grow">
          {text('desk.day.visits')}{' '}
          <span class="muted small count">
            {count('desk.day.booked', booked)}, {count('desk.day.done', done)}
          </span>
        </h2>
        <div class="seg">
          <button type="button" aria-pressed={!mine} onClick={() => setMine(false)}>
            {text('desk.filter.all')}
          </button>
          <button type="button" aria-pressed={mine} onClick={() => setMine(true)}>
            {text('desk.filter.mine')}
          </button>
        </div>
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-labelledby="wizyty-dnia">
        {listed.length === 0 ? (
          <p class="empty">{text(boot.today ? 'desk.list.empty.today' : 'desk.day.empty')}</p>
        ) : (
          <table class="t">
            <thead>
              <tr>
                <th scope="col">{text('desk.list.column.time')}</th>
                <th scope="col">{text('desk.list.column.client')}</th>
                <th scope="col">{text('desk.list.column.topic')}</th>
                <th scope="col">{text('desk.list.column.state')}</th>
                <th scope="col">{text('desk.list.column.device')}</th>
                <th scope="col">{text('desk.list.column.officer')}</th>
                <th scope="col">
                  <span class="hide">{text('desk.visit.open')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {listed.map((visit, index) => (
                <Fragment key={visit.id}>
                  {index === line && nowLine}
                  <VisitRow visit={visit} now={now} onMissed={onMissed} />
                </Fragment>
              ))}
              {line === listed.length && nowLine}
            </tbody>
          </table>
        )}
      </div>
    </section>
  )
}

interface RowProps {
  visit: DeskVisit
  now: Date
  onMissed: TableProps['onMissed']
}

function VisitRow({ visit, now, onMissed }: RowProps) {
  const { boot, text, clockTime } = useDay()
  const { tag, key } = stateTag(visit)
  const missed = boot.mayMarkMissed ? missedBy(visit, now) : null
  const mine = visit.state === 'in_progress' && visit.officerId === boot.me.id
  const look = isPast(visit) ? 'past' : visit.state === 'waiting' ? 'wait' : ''
  return (
    <tr class={look} data-visit={visit.number} data-state={visit.state}>
      <td>{clockTime(new Date(visit.startsAt))}</td>
      <td class="who">{visit.client}</td>
      <td>{visit.topic}</td>
      <td>
        <span class={`tag ${tag}`}>{text(key)}</span>
      </td>
      <td>
        <DeviceCell visit={visit} />
      </td>
      <td>{visit.officer ?? '–'}</td>
      <td class="num">
        {missed && (
          <button type="button" class="b" onClick={() => onMissed(visit, missed)}>
            {text(missed === 'client' ? 'desk.markMissed.client' : 'desk.markMissed.institution')}
          </button>
        )}{' '}
        <a
          href={addressOf(boot.addresses.visit, visit.id)}
          aria-label={`${text(mine ? 'desk.visit.return' : 'desk.visit.open')}: ${visit.client}`}
        >
          {text(mine ? 'desk.visit.return' : 'desk.visit.open')}
        </a>
      </td>
    </tr>
  )
}

function DeviceCell({ visit }: { visit: DeskVisit }) {
  const { text } = useDay()
  if (!visit.device) return <>–</>
  const { look, icon } = deviceLook[visit.device.verdict]
  return (
    <span class={`st ${look}`} title={visit.device.remarks.join('; ')}>
      <Icon name={icon} size={18} />
      {text(deviceState(visit.device.verdict))}
    </span>
  )
}
