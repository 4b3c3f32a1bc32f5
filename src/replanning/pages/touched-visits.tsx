import { timeOnButton, weekdayAndDate } from '../../platform/i18n/dates'
import { dayOf } from '../../platform/zone'
import { Icon } from '../../ui/icons'
import { choiceValue, fieldOf, onlyField, runField } from '../decision-fields'
import { type SeatChoice, type TouchedRow } from '../read-replanning'
import { replanningPath } from '../replanning-addresses'
import type { Part } from './shown-replanning'

/** One form for all of them: a choice each, and a button for all or for one. */
export const TouchedVisits = ({ page, shown }: Part) => {
  const { t } = page.staffTexts
  const { rows, branch, runId, count } = shown
  const named = rows.some(({ client }) => client !== null)
  return (
    <form class="card list replan-list" method="post" action={replanningPath}>
      <input type="hidden" name="oddzial" value={branch.code} />
      <input type="hidden" name={runField} value={runId} />
      <div class="row wrap">
        <div class="grow">
          <h2>{t('admin.replan.count', { n: count.toDecide })}</h2>
          <Summary page={page} shown={shown} />
        </div>
        <p class="muted small">{t('replan.undoable')}</p>
        <button class="b b-go b-big">{t('replan.all')}</button>
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-label={t('replan.title')}>
        <table class="t">
          <thead>
            <tr>
              <th scope="col">{t('replan.column.now')}</th>
              <th scope="col">{t('desk.visit.number')}</th>
              {named && <th scope="col">{t('desk.list.column.client')}</th>}
              <th scope="col">{t('desk.visit.topic')}</th>
              <th scope="col">{t('replan.column.decision')}</th>
              <th scope="col">
                <span class="hide">{t('replan.one')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.visit.id} page={page} shown={shown} row={row} named={named} />
            ))}
          </tbody>
        </table>
      </div>
    </form>
  )
}

const sameTime = ({ visit }: TouchedRow, choice: SeatChoice | undefined): boolean =>
  choice?.startsAt.getTime() === visit.startsAt.getTime()

/** What the proposals come to. */
const Summary = ({ page, shown: { rows, count } }: Part) => {
  const { t } = page.staffTexts
  const open = rows.filter(({ isChoosing }) => !isChoosing)
  const kept = open.filter((row) => sameTime(row, row.choices[0])).length
  const none = open.filter(({ choices }) => choices.length === 0).length
  const left = count.toDecide + count.choosing - rows.length
  const parts = [
    kept > 0 && t('replan.summary.kept', { n: kept }),
    open.length > kept + none && t('replan.summary.moved', { n: open.length - kept - none }),
    none > 0 && t('replan.summary.none', { n: none }),
    count.choosing > 0 && t('replan.summary.choosing', { n: count.choosing }),
    left > 0 && t('replan.summary.more', { n: left }),
  ].filter((part) => part !== false)
  return <p class="muted small">{parts.join(' · ')}</p>
}

interface RowProps extends Part {
  row: TouchedRow
}

const Row = ({ page, shown, row, named }: RowProps & { named: boolean }) => {
  const { t } = page.staffTexts
  const { timeZone } = shown
  const { visit, client, topic } = row
  const when = `${weekdayAndDate(visit.startsAt, 'pl', timeZone)}, ${timeOnButton(visit.startsAt, timeZone)}`
  return (
    <tr>
      <th scope="row" class="nowrap">
        {when}
      </th>
      <td class="nowrap">
        {client === null ? visit.number : <a href={`/pracownik/wizyta/${visit.id}`}>{visit.number}</a>}
      </td>
      {named && <td class="who">{client}</td>}
      <td>{topic}</td>
      <td class="f">
        <Decision
          page={page}
          shown={shown}
          row={row}
          label={`${t('replan.column.decision')}: ${when}, ${visit.number}`}
        />
        <Note page={page} shown={shown} row={row} />
      </td>
      <td class="num">
        <button
          class="b"
          name={onlyField}
          value={visit.id}
          aria-label={`${t('replan.one')}: ${visit.number}`}
        >
          {t('replan.one')}
        </button>
      </td>
    </tr>
  )
}

/** The proposal is chosen already, unless the client is still choosing. */
const Decision = ({ page, shown, row, label }: RowProps & { label: string }) => {
  const { t } = page.staffTexts
  const { visit, choices, isChoosing, canBeOffered } = row
  const chosen = isChoosing ? undefined : choices[0]
  return (
    <select name={fieldOf(visit.id)} aria-label={label}>
      {choices.map((choice) => (
        <option key={choice.seatId} value={choiceValue.move(choice.seatId)} selected={choice === chosen}>
          {choiceText(page, shown.timeZone, row, choice)}
        </option>
      ))}
      {canBeOffered && <option value={choiceValue.offer}>{t('replan.choice.offer')}</option>}
      <option value={choiceValue.cancel}>{t('replan.choice.cancel')}</option>
      <option value={choiceValue.none} selected={chosen === undefined}>
        {t('replan.choice.none')}
      </option>
    </select>
  )
}

const choiceText = (page: Part['page'], timeZone: string, row: TouchedRow, choice: SeatChoice): string => {
  const { t } = page.staffTexts
  const { startsAt, deskName: desk } = choice
  const time = timeOnButton(startsAt, timeZone)
  if (!row.visit.isWithdrawn) return t('replan.choice.stay', { time })
  if (sameTime(row, choice)) return t('replan.choice.same', { time, desk })
  const isSameDay = dayOf(startsAt, timeZone) === dayOf(row.visit.startsAt, timeZone)
  return isSameDay
    ? t('replan.choice.sameDay', { time, desk })
    : t('replan.choice.otherDay', { day: weekdayAndDate(startsAt, 'pl', timeZone), time, desk })
}

/** What is to be known before deciding. */
const Note = ({ page, shown: { now, timeZone }, row }: RowProps) => {
  const { t } = page.staffTexts
  const { visit, choices, refusal, isChoosing } = row
  const until = visit.chooseUntil
  const warn = (text: string) => (
    <span class="st st-warn small">
      <Icon name="alert" size={16} />
      {text}
    </span>
  )
  if (until) {
    const when = { day: weekdayAndDate(until, 'pl', timeZone), time: timeOnButton(until, timeZone) }
    return isChoosing && until > now ? (
      <span class="tag tag-info">{t('replan.note.choosing', when)}</span>
    ) : (
      warn(t('replan.note.notChosen', when))
    )
  }
  if (refusal) return warn(t(`replan.refused.${refusal}`))
  return choices.length === 0 ? warn(t('replan.note.noTime')) : null
}
