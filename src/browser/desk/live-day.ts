import { useEffect, useMemo, useState } from 'preact/hooks'
import type { DeskDayBoot } from '../../contract/desk-day-boot'
import type { DeskNotice, DeskVisit } from '../../contract/desk-live'
import { createLiveSocket, signedOutCode } from '../call/live-socket'
import { createServerClock } from '../call/server-clock'
import { withNotice } from './day-list'

/** The day as it is now, and whether it still follows the server. */
export interface LiveDay {
  visits: readonly DeskVisit[]
  now: Date
  connection: 'live' | 'lost' | 'back'
  /** When the list was last known to be right. */
  asOf: Date
}

const tickMilliseconds = 15_000
/** A connection that is back at once is not worth a notice. */
const patienceMilliseconds = 2000
const backNoticeMilliseconds = 5000

export function useLiveDay(boot: DeskDayBoot): LiveDay {
  const clock = useMemo(() => createServerClock(boot.now), [])
  const [day, setDay] = useState<LiveDay>(() => ({
    visits: boot.visits,
    now: clock.now(),
    connection: 'live',
    asOf: clock.now(),
  }))

  useEffect(() => {
    const change = (part: (day: LiveDay) => Partial<LiveDay>): void =>
      setDay((before) => ({ ...before, now: clock.now(), ...part(before) }))
    const tick = window.setInterval(() => change(() => ({})), tickMilliseconds)
    let patience: number | undefined
    let notice: number | undefined
    const socket = createLiveSocket({
      url: () => new URL(boot.live, window.location.href).href.replace(/^http/, 'ws'),
    })
    socket.on('down', () => {
      patience ??= window.setTimeout(() => change(() => ({ connection: 'lost' })), patienceMilliseconds)
    })
    socket.on('ended', (code) => {
      // What is on the screen is not for who is signed out: the page leads to the door
      if (code === signedOutCode) window.location.reload()
    })
    socket.on('message', (message) => {
      const news = message as DeskNotice
      window.clearTimeout(patience)
      patience = undefined
      clock.set(news.now)
      change((before) => ({
        visits: withNotice(before.visits, news),
        asOf: clock.now(),
        connection: before.connection === 'lost' ? 'back' : before.connection,
      }))
      window.clearTimeout(notice)
      notice = window.setTimeout(() => {
        change((before) => ({ connection: before.connection === 'back' ? 'live' : before.connection }))
      }, backNoticeMilliseconds)
    })
    return () => {
      window.clearInterval(tick)
      socket.close()
    }
  }, [])
  return day
}
