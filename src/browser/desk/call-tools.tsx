import { useState } from 'preact/hooks'
import type { DeskCallBoot } from '../../contract/desk-call-boot'
import type { RoomState } from '../../contract/signalling'
import { warningReasons } from '../../contract/visit-matters'
import { newUuid } from '../call/page-id'
import type { CallTexts } from './call-notices'
import { Problem } from './identity-panel'
import type { SettlementDesk } from './use-settlement'
import { WithdrawConsent } from './withdraw-consent'

interface ToolsProps {
  boot: DeskCallBoot
  texts: CallTexts
  desk: SettlementDesk
  room: RoomState
  onEnd: (reason: 'recording_withdrawn') => void
}

/** Warnings, five minutes more, a screen asked for, an interpreter: what happens beside the talk. */
export function CallTools({ boot, texts, desk, room, onEnd }: ToolsProps) {
  const { text, count } = texts
  const [reason, setReason] = useState('')
  const [name, setName] = useState('')
  const last = room.warnings[room.warnings.length - 1]
  const warn = async () => {
    if (reason !== '' && (await desk.send('warn', { id: newUuid(), ostrzezenie: reason }))) setReason('')
  }
  const { interpreter } = room.guests
  return (
    <section class="card" aria-label={text('desk.call.warn')}>
      <p class="row wrap">
        <button type="button" class="b" onClick={() => void desk.send('extend', {})}>
          {text('desk.call.extend')}
        </button>
        <button
          type="button"
          class="b"
          aria-pressed={room.asked === 'share'}
          onClick={() => void desk.send('ask', { prosba: room.asked === 'share' ? '' : 'share' })}
        >
          {text('desk.call.askShare')}
        </button>
      </p>
      <p class="f row">
        <label class="hide" for="ostrzezenie">
          {text('desk.call.warn.choose')}
        </label>
        <select
          id="ostrzezenie"
          class="grow"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        >
          <option value="">{text('desk.call.warn.choose')}</option>
          {warningReasons.map((one) => (
            <option key={one} value={one}>
              {text(`warning.${one}`)}
            </option>
          ))}
        </select>
        <button type="button" class="b" onClick={() => void warn()}>
          {text('desk.call.warn')}
        </button>
      </p>
      <p role="status" class="small">
        {last &&
          `${count('desk.call.warn.count', room.warnings.length)}. ${text(last.seenAt === null ? 'desk.call.warn.sent' : 'desk.call.warn.seen')}`}
      </p>
      <details>
        <summary>{text('desk.call.invite.interpreter')}</summary>
        {interpreter === null ? (
          <p class="f row">
            <label class="hide" for="tlumacz">
              {text('desk.interpreter.name')}
            </label>
            <input
              id="tlumacz"
              class="grow"
              value={name}
              placeholder={text('desk.interpreter.name')}
              onInput={(event) => setName(event.currentTarget.value)}
            />
            <button type="button" class="b" onClick={() => void desk.send('interpreter', { tlumacz: name })}>
              {text('desk.interpreter.invite')}
            </button>
          </p>
        ) : (
          <>
            <p>
              {interpreter}{' '}
              <button type="button" class="b" onClick={() => void desk.send('interpreter', { bez: 'tak' })}>
                {text('desk.interpreter.remove')}
              </button>
            </p>
            <p class="f">
              <label for="link-tlumacza">{text('desk.interpreter.link')}</label>
              <input id="link-tlumacza" readOnly value={desk.interpreterLink} />
            </p>
          </>
        )}
      </details>
      {boot.visit.recorded && room.recording !== 'off' && (
        <WithdrawConsent boot={boot} texts={texts} desk={desk} onEnd={onEnd} />
      )}
      <Problem desk={desk} of={['warn', 'ask', 'extend', 'interpreter']} />
    </section>
  )
}
