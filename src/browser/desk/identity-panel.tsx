import { useState } from 'preact/hooks'
import { type AskedThing, documentKinds, identityReasons } from '../../contract/visit-matters'
import type { DeskCallAddress, DeskCallBoot } from '../../contract/desk-call-boot'
import type { RoomState } from '../../contract/signalling'
import { newUuid } from '../call/page-id'
import type { CallTexts } from './call-notices'
import type { SettlementDesk } from './use-settlement'

interface PanelProps {
  boot: DeskCallBoot
  texts: CallTexts
  desk: SettlementDesk
  room: RoomState
  /** The client's picture arrives. */
  hasPicture: boolean
}

const steps = ['face', 'front', 'back', 'compare'] as const
type Step = (typeof steps)[number]

type Check = 'face' | 'name' | 'valid' | 'guardian'

const resultKeys = {
  confirmed: 'desk.identity.result.confirmed',
  not_confirmed: 'desk.identity.result.notConfirmed',
  not_needed: 'desk.identity.result.notNeeded',
} as const

/** Face, document, comparison: step by step, each asked of the client; then one of three results. */
export function IdentityPanel(props: PanelProps) {
  const { texts, desk } = props
  return (
    <section class="card" aria-labelledby="tozsamosc-tytul">
      <h2 id="tozsamosc-tytul" tabIndex={-1}>
        {texts.text('desk.identity.title')}
      </h2>
      {desk.settlement.identity ? <Decided {...props} /> : <Checking {...props} />}
    </section>
  )
}

function Checking({ boot, texts, desk, room, hasPicture }: PanelProps) {
  const { text } = texts
  const [step, setStep] = useState<Step | null>(null)
  const [id] = useState(newUuid)
  const [document, setDocument] = useState('')
  const [refusing, setRefusing] = useState(false)
  const [reason, setReason] = useState('')
  const [checks, setChecks] = useState<readonly Check[]>([])
  const [missing, setMissing] = useState(false)
  const wanted: readonly Check[] =
    boot.visit.guardian === null ? ['face', 'name', 'valid'] : ['face', 'name', 'valid', 'guardian']
  const blocked =
    room.recording === 'interrupted' || room.recording === 'starting'
      ? text('desk.identity.blocked.recording')
      : hasPicture
        ? ''
        : text('desk.identity.blocked.picture')

  const ask = (asked: AskedThing | null) => void desk.send('ask', { prosba: asked ?? '' })
  const turnTo = (next: Step | null) => {
    setStep(next)
    ask(next === null || next === 'compare' ? null : next)
  }
  const decide = async (result: string) => {
    if (result === 'confirmed' && wanted.some((one) => !checks.includes(one))) {
      setMissing(true)
      return
    }
    await desk.send('identity', {
      id,
      wynik: result,
      dokument: result === 'not_needed' ? '' : document,
      'powod-tozsamosci': result === 'not_confirmed' ? reason : '',
    })
  }

  if (step === null)
    return (
      <>
        {blocked !== '' && <p class="small">{blocked}</p>}
        <p class="row wrap">
          <button type="button" class="b b-go" onClick={() => turnTo('face')}>
            {text('desk.identity.start')}
          </button>
          <button type="button" class="b" onClick={() => void decide('not_needed')}>
            {text('desk.identity.notNeeded')}
          </button>
        </p>
        <Problem desk={desk} of={['identity', 'undoIdentity']} />
      </>
    )
  const at = steps.indexOf(step)
  return (
    <>
      <p aria-live="polite">
        <b>{text(`desk.identity.step.${step}`)}</b>
      </p>
      {(step === 'front' || step === 'back') && (
        <p class="row wrap">
          {(['closer', 'glare', 'still'] as const).map((asked) => (
            <button
              key={asked}
              type="button"
              class="b"
              aria-pressed={room.asked === asked}
              onClick={() => ask(room.asked === asked ? step : asked)}
            >
              {text(asked === 'glare' ? 'desk.identity.ask.tilt' : `desk.identity.ask.${asked}`)}
            </button>
          ))}
        </p>
      )}
      {step === 'compare' ? (
        <>
          <p class="f">
            <label for="dokument">{text('desk.identity.kind')}</label>
            <select
              id="dokument"
              value={document}
              aria-invalid={desk.field === 'dokument'}
              onChange={(event) => setDocument(event.currentTarget.value)}
            >
              <option value="">{text('desk.settle.choose')}</option>
              {documentKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {text(`desk.identity.kind.${kind}`)}
                </option>
              ))}
            </select>
          </p>
          {wanted.map((one) => (
            <label key={one} class="ck">
              <input
                type="checkbox"
                checked={checks.includes(one)}
                onChange={(event) =>
                  setChecks(
                    event.currentTarget.checked ? [...checks, one] : checks.filter((other) => other !== one),
                  )
                }
              />
              {text(`desk.identity.check.${one}`)}
            </label>
          ))}
          {missing && <p class="err">{text('desk.identity.checks.error')}</p>}
          {refusing && (
            <p class="f">
              <label for="powod-tozsamosci">{text('desk.identity.reason')}</label>
              <select
                id="powod-tozsamosci"
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              >
                <option value="">{text('desk.settle.choose')}</option>
                {identityReasons.map((one) => (
                  <option key={one} value={one}>
                    {text(`desk.identity.reason.${one}`)}
                  </option>
                ))}
              </select>
            </p>
          )}
          <p class="row wrap">
            <button
              type="button"
              class="b b-go"
              aria-busy={desk.busy}
              onClick={() => void decide('confirmed')}
            >
              {text('desk.identity.agrees')}
            </button>
            <button
              type="button"
              class="b"
              onClick={() => (refusing ? void decide('not_confirmed') : setRefusing(true))}
            >
              {text('desk.identity.disagrees')}
            </button>
          </p>
        </>
      ) : (
        <p>
          <button type="button" class="b b-go" onClick={() => turnTo(steps[at + 1] ?? 'compare')}>
            {text('desk.identity.next')}
          </button>
        </p>
      )}
      <Problem desk={desk} of={['identity', 'undoIdentity']} />
      <p class="muted small">{text('desk.identity.notKept')}</p>
    </>
  )
}

function Decided({ boot, texts, desk }: PanelProps) {
  const { text } = texts
  const [undoing, setUndoing] = useState(false)
  const [words, setWords] = useState('')
  const { identity } = desk.settlement
  if (!identity) return null
  const time = new Date(identity.decidedAt).toLocaleTimeString('pl', {
    timeZone: boot.timeZone,
    hour: 'numeric',
    minute: '2-digit',
  })
  return (
    <>
      <p>
        <span class={`tag ${identity.result === 'confirmed' ? 'tag-done' : 'tag-wait'}`}>
          {text(resultKeys[identity.result])}
        </span>{' '}
        {identity.document !== null && text(`desk.identity.kind.${identity.document}`)}
        {identity.reason !== null && text(`desk.identity.reason.${identity.reason}`)}{' '}
        <span class="muted small">{`${identity.officer}, ${time}`}</span>
      </p>
      {undoing && (
        <p class="f">
          <label for="cofniecie">{text('desk.identity.undo.reason')}</label>
          <input id="cofniecie" value={words} onInput={(event) => setWords(event.currentTarget.value)} />
        </p>
      )}
      <Problem desk={desk} of={['identity', 'undoIdentity']} />
      <p>
        <button
          type="button"
          class="b"
          onClick={() => {
            if (undoing) void desk.send('undoIdentity', { cofniecie: words })
            else setUndoing(true)
          }}
        >
          {text('desk.identity.undo')}
        </button>
      </p>
    </>
  )
}

interface ProblemProps {
  desk: SettlementDesk
  of: readonly DeskCallAddress[]
}

/** Why the last act was refused. */
export const Problem = ({ desk, of }: ProblemProps) => (
  <p class="err" role="alert">
    {desk.problem(of)}
  </p>
)
