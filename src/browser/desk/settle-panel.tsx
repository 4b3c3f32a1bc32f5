import { useState } from 'preact/hooks'
import type { DeskCallBoot } from '../../contract/desk-call-boot'
import { type Matter, matters } from '../../contract/visit-matters'
import { newUuid } from '../call/page-id'
import type { CallTexts } from './call-notices'
import { Problem } from './identity-panel'
import type { SettlementDesk } from './use-settlement'

interface PanelProps {
  boot: DeskCallBoot
  texts: CallTexts
  desk: SettlementDesk
}

const matterKeys = {
  general: 'desk.settle.general',
  forms: 'desk.settle.forms',
  advice: 'desk.settle.advice',
  profile_create: 'desk.settle.profileCreate',
} as const

/** What the visit is used for; what needs a confirmed identity says so instead of being silent. */
export function SettlePanel({ boot, texts, desk }: PanelProps) {
  const { text } = texts
  const { settlement } = desk
  const confirmed = settlement.identity?.result === 'confirmed'
  const toggle = (matter: Matter, on: boolean) => {
    const chosen = on ? [...settlement.matters, matter] : settlement.matters.filter((one) => one !== matter)
    void desk.send(
      'matters',
      chosen.map((one): [string, string] => ['sprawa', one]),
    )
  }
  return (
    <section class="card" aria-labelledby="sprawy-tytul">
      <h2 id="sprawy-tytul" tabIndex={-1}>
        {text('desk.settle.title')}
      </h2>
      <div class="acts">
        {matters.map((matter) => (
          <label key={matter} class="ck">
            <input
              type="checkbox"
              checked={settlement.matters.includes(matter)}
              onChange={(event) => toggle(matter, event.currentTarget.checked)}
            />
            {text(matterKeys[matter])}
          </label>
        ))}
      </div>
      {settlement.applications.map(({ id, kindCode, reference }) => (
        <p key={id} data-reference={reference}>
          {boot.certificateKinds.find(({ code }) => code === kindCode)?.name ?? kindCode}.{' '}
          {text('desk.settle.application.saved', { reference })}
        </p>
      ))}
      {settlement.profile && (
        <p>{text('desk.settle.profileConfirm.saved', { reference: settlement.profile.reference })}</p>
      )}
      {confirmed ? (
        <>
          <Application boot={boot} texts={texts} desk={desk} />
          {!settlement.profile && (
            <p>
              <button type="button" class="b" onClick={() => void desk.send('profile', {})}>
                {text('desk.settle.profileConfirm')}
              </button>
            </p>
          )}
        </>
      ) : (
        <p class="n small">{text('desk.identity.needed')}</p>
      )}
      <FollowUp boot={boot} texts={texts} desk={desk} />
      <Problem desk={desk} of={['matters', 'application', 'profile', 'followUp']} />
    </section>
  )
}

function Application({ boot, texts, desk }: PanelProps) {
  const { text } = texts
  const [id, setId] = useState(newUuid)
  const [kind, setKind] = useState('')
  const [purpose, setPurpose] = useState('')
  const [readBack, setReadBack] = useState(false)
  const save = async () => {
    const fields = { id, rodzaj: kind, cel: purpose, odczytane: readBack ? 'tak' : '' }
    if (!(await desk.send('application', fields))) return
    setId(newUuid())
    setKind('')
    setPurpose('')
    setReadBack(false)
  }
  return (
    <details>
      <summary>{text('desk.settle.application')}</summary>
      <p class="f">
        <label for="rodzaj">{text('desk.settle.application.kind')}</label>
        <select id="rodzaj" value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
          <option value="">{text('desk.settle.choose')}</option>
          {boot.certificateKinds.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </p>
      <p class="f">
        <label for="cel">{text('desk.settle.application.purpose')}</label>
        <input
          id="cel"
          maxLength={500}
          value={purpose}
          onInput={(event) => setPurpose(event.currentTarget.value)}
        />
      </p>
      <p class="muted small">{text('desk.settle.application.delivery')}</p>
      <label class="ck">
        <input
          id="odczytane"
          type="checkbox"
          checked={readBack}
          onChange={(event) => setReadBack(event.currentTarget.checked)}
        />
        {text('desk.settle.readBack')}
      </label>
      <p>
        <button type="button" class="b b-go" aria-busy={desk.busy} onClick={() => void save()}>
          {text('desk.settle.application.save')}
        </button>
      </p>
    </details>
  )
}

interface OfferedTimes {
  days: { day: string; times: { startsAt: string; free: boolean }[] }[]
}

function FollowUp({ boot, texts, desk }: PanelProps) {
  const { text } = texts
  const [topic, setTopic] = useState(boot.topics[0]?.code ?? '')
  const [times, setTimes] = useState<string[] | null>(null)
  const booked = desk.settlement.followUp
  const words = (startsAt: string) =>
    new Date(startsAt).toLocaleString('pl', {
      timeZone: boot.timeZone,
      weekday: 'short',
      day: 'numeric',
      month: 'long',
      hour: 'numeric',
      minute: '2-digit',
    })
  if (booked)
    return (
      <p>{text('desk.settle.followUp.booked', { time: words(booked.startsAt), number: booked.number })}</p>
    )
  const show = async () => {
    const query = new URLSearchParams({ branch: boot.branchCode, topic, days: '3' })
    const response = await fetch(`/api/v1/times?${query.toString()}`).catch(() => undefined)
    const offered = response?.ok ? ((await response.json()) as OfferedTimes) : { days: [] }
    setTimes(
      offered.days.flatMap((day) => day.times.filter(({ free }) => free).map(({ startsAt }) => startsAt)),
    )
  }
  return (
    <details>
      <summary>{text('desk.settle.followUp')}</summary>
      <p class="f">
        <label for="temat-kolejnej">{text('desk.settle.followUp.topic')}</label>
        <select
          id="temat-kolejnej"
          value={topic}
          onChange={(event) => {
            setTopic(event.currentTarget.value)
            setTimes(null)
          }}
        >
          {boot.topics.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </p>
      <p>
        <button type="button" class="b" onClick={() => void show()}>
          {text('desk.settle.followUp.show')}
        </button>
      </p>
      {times?.length === 0 && <p role="status">{text('desk.settle.followUp.none')}</p>}
      <p class="row wrap">
        {times?.slice(0, 12).map((startsAt) => (
          <button
            key={startsAt}
            type="button"
            class="b"
            onClick={() => void desk.send('followUp', { temat: topic, termin: startsAt })}
          >
            {words(startsAt)}
          </button>
        ))}
      </p>
    </details>
  )
}
