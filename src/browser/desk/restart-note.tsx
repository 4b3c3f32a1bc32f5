import { useEffect, useRef, useState } from 'preact/hooks'
import type { CallTexts } from './call-notices'

const shownMilliseconds = 20_000

/** The server refused a session for good, and the recording goes on in a new one: said once, and gone by itself. */
export function RestartNote({ restarts, texts }: { restarts: number; texts: CallTexts }) {
  const [isShown, setShown] = useState(false)
  const before = useRef(restarts)
  useEffect(() => {
    if (restarts === before.current) return
    before.current = restarts
    setShown(true)
    const timer = window.setTimeout(() => setShown(false), shownMilliseconds)
    return () => window.clearTimeout(timer)
  }, [restarts])
  return (
    <p class="day-note" role="status" id="nagranie-od-nowa">
      {isShown && texts.text('desk.recording.restarted')}
    </p>
  )
}
