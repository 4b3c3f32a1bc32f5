import type { StoredClosure } from '../../institution/schedule/schedule-store'
import { smsDate } from '../../platform/i18n/dates'
import { HiddenFields } from '../../ui/hidden-fields'
import { Icon } from '../../ui/icons'
import type { TypedAbsence } from '../absence-fields'
import { absencePath, replanningPath, takeBackPath } from '../replanning-addresses'
import type { AbsenceStanding } from '../shown-absence'
import type { Part } from './shown-replanning'

/** Says that a desk or the branch is not there; first what that would do, then does it. */
export const AbsenceCard = ({ page, shown }: Part) => {
  const { t } = page.staffTexts
  const { state, standing } = shown.absence
  return (
    <details class="card replan-absence" open={state.step !== 'typing'}>
      <summary>
        {t('replan.absence.title')}
        {standing.length > 0 && (
          <span class="muted small"> {t('replan.absence.count', { n: standing.length })}</span>
        )}
      </summary>
      <AbsenceForm page={page} shown={shown} />
      <Standing page={page} shown={shown} state={state} />
      {standing.length > 0 && (
        <ul>
          {standing.map((closure) => (
            <AbsenceRow key={closure.id} page={page} shown={shown} closure={closure} />
          ))}
        </ul>
      )}
    </details>
  )
}

const fieldOfMistake = { desk: 'stanowisko', day: 'od_dnia', lastDay: 'do_dnia', hours: 'od' } as const
const mistakeId = 'nieobecnosc-blad'

const AbsenceForm = ({ page, shown: { branch, absence } }: Part) => {
  const { t } = page.staffTexts
  const { desks, typed, state, today } = absence
  const wrong = state.step === 'mistake' ? fieldOfMistake[state.mistake] : undefined
  const input = (name: Exclude<keyof TypedAbsence, 'stanowisko'>, type: 'date' | 'time') => (
    <div class="f">
      <label for={name}>{t(`replan.absence.${name}`)}</label>
      <input
        id={name}
        name={name}
        type={type}
        value={typed[name]}
        min={type === 'date' ? today : undefined}
        aria-invalid={wrong === name}
        aria-describedby={wrong === name ? mistakeId : undefined}
      />
    </div>
  )
  return (
    <form class="row wrap" method="get" action={replanningPath}>
      <input type="hidden" name="oddzial" value={branch.code} />
      <div class="f">
        <label for="stanowisko">{t('replan.absence.stanowisko')}</label>
        <select id="stanowisko" name="stanowisko" aria-invalid={wrong === 'stanowisko'}>
          {desks.map(({ id, name }) => (
            <option key={id} value={id} selected={String(id) === typed.stanowisko}>
              {name}
            </option>
          ))}
          <option value="" selected={state.step !== 'typing' && typed.stanowisko === ''}>
            {t('replan.absence.branch')}
          </option>
        </select>
      </div>
      {input('od_dnia', 'date')}
      {input('do_dnia', 'date')}
      {input('od', 'time')}
      {input('do', 'time')}
      <button class="b">{t('replan.absence.preview')}</button>
    </form>
  )
}

/** What came of what was typed: a mistake, or what reporting it would do, with the button that does it. */
const Standing = ({ page, shown, state }: Part & { state: AbsenceStanding }) => {
  const { t } = page.staffTexts
  if (state.step === 'typing') return null
  if (state.step !== 'preview')
    return (
      <p id={mistakeId} class="n n-warn" role="alert">
        <Icon name="alert" size={20} />
        {state.step === 'mistake'
          ? t(`replan.absence.mistake.${state.mistake}`)
          : t(state.reason === 'exists' ? 'replan.absence.exists' : 'replan.absence.refused')}
      </p>
    )
  const { effect, isOther } = state
  const { vanish = 0, held = 0 } = effect.branches.find(({ branchId }) => branchId === shown.branch.id) ?? {}
  const { branch, absence } = shown
  return (
    <div role="status">
      <form class="n row wrap" method="post" action={absencePath}>
        <HiddenFields values={{ oddzial: branch.code, ...absence.typed, plan: effect.plan }} />
        <Icon name="info" size={20} />
        <p class="grow">
          {isOther && `${t('replan.absence.other')} `}
          <b>{t('replan.absence.touched', { n: effect.touched.length })}</b>{' '}
          {t('replan.absence.vanish', { n: vanish })}
          {held > 0 && ` ${t('replan.absence.held', { n: held })}`}
        </p>
        <button class="b b-go">{t('replan.absence.report')}</button>
      </form>
    </div>
  )
}

const AbsenceRow = ({ page, shown, closure }: Part & { closure: StoredClosure }) => {
  const { t } = page.staffTexts
  const { branch, absence, timeZone } = shown
  const { id, deskId, firstDay, lastDay, hours, reason } = closure
  const date = (day: string) => smsDate(day, 'pl', timeZone)
  const desk =
    deskId === null
      ? t('replan.absence.branch')
      : (absence.desks.find((one) => one.id === deskId)?.name ?? t('replan.absence.closedDesk'))
  const days = firstDay === lastDay ? date(firstDay) : `${date(firstDay)}–${date(lastDay)}`
  const what = `${desk}, ${days}${hours ? `, ${hours.join('–')}` : ''}`
  return (
    <li class="row wrap">
      <span class="grow">
        <b>{what}</b> <span class="muted">{reason}</span>
      </span>
      <form method="post" action={takeBackPath}>
        <HiddenFields values={{ oddzial: branch.code, zamkniecie: String(id) }} />
        <button class="b" aria-label={`${t('replan.absence.takeBack')}: ${what}`}>
          {t('replan.absence.takeBack')}
        </button>
      </form>
    </li>
  )
}
