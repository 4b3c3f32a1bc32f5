import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { type DeskDayBoot } from '../../contract/desk-day-boot'
import { deskIds } from '../../contract/desk-boot'
import type { DeskVisit } from '../../contract/desk-live'
import { byId, createTexts, readBoot } from '../call/boot-data'
import { clockTimeIn } from '../call/clock-time'
import { DayProvider, useDay } from './day-context'
import { DayTable } from './day-table'
import { LeftOverNote } from './left-over-note'
import { useLiveDay } from './live-day'
import { addressOf, sendForm } from './send-form'
import { useLeftOvers } from './use-recorder'
import { WaitingQueue } from './waiting-queue'

function DayPage() {
  const { boot, text, count, clockTime } = useDay()
  const left = useLeftOvers(boot.recorder, null)
  const { visits, now, connection, asOf } = useLiveDay(boot)
  const [calling, setCalling] = useState<string | null>(null)
  const [problem, setProblem] = useState('')
  const time = clockTime(now)
  useEffect(() => {
    byId(deskIds.clock, HTMLElement).textContent = time
  }, [time])

  const send = async (address: string, fields: Record<string, string> = {}): Promise<string | null> => {
    setProblem('')
    const answer = await sendForm(address, new URLSearchParams(fields))
    if (answer?.ok === true) return answer.to
    setProblem(answer ? answer.message : text('desk.live.lost', { time: clockTime(asOf) }))
    return null
  }
  const callIn = async (visit: DeskVisit): Promise<void> => {
    if (calling !== null) return
    setCalling(visit.id)
    const next = await send(addressOf(boot.addresses.callIn, visit.id))
    if (next === null) setCalling(null)
    else window.location.assign(next)
  }

  return (
    <div class={`day${boot.today ? '' : ' day-other'}`} data-connection={connection}>
      {/* Always in the page: a live region that comes together with its words is not read */}
      <p class="day-note" role="status">
        {connection === 'lost' && text('desk.live.lost', { time: clockTime(asOf) })}
        {connection === 'back' && text('desk.live.back')}
      </p>
      <p class="day-note" role="alert">
        {problem}
      </p>
      <LeftOverNote left={left} count={count} text={text} />
      <div class={boot.today ? 'day-grid' : ''}>
        {boot.today && (
          <WaitingQueue
            visits={visits}
            now={now}
            calling={calling}
            onCallIn={(visit) => void callIn(visit)}
          />
        )}
        <DayTable
          visits={visits}
          now={now}
          onMissed={(visit, by) => void send(addressOf(boot.addresses.missed, visit.id), { by })}
        />
      </div>
    </div>
  )
}

const boot = readBoot() as DeskDayBoot
render(
  <DayProvider value={{ boot, ...createTexts(boot), clockTime: clockTimeIn(boot.timeZone) }}>
    <DayPage />
  </DayProvider>,
  byId(deskIds.day, HTMLElement),
)
