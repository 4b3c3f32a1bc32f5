import { deskIds } from '../../contract/desk-boot'
import { earlyEndReasons } from '../../contract/visit-state'
import type { Topic } from '../../institution/directory'
import { longestNote } from '../../visit/visit-notes'
import { endFields } from '../desk-answers'
import type { StaffPage } from '../../staff/pages/staff-frame'

/** What was typed into the form that ends a visit. */
export interface TypedEnd {
  how: string
  note: string
  topic: string
}

interface EndFormProps {
  page: StaffPage
  action: string
  topics: readonly Topic[]
  typed: TypedEnd
}

/** How the visit ends: settled, or a coded reason with words that the client will see. */
export const EndForm = ({ page, action, topics, typed }: EndFormProps) => {
  const { t } = page.staffTexts
  return (
    <form id={deskIds.endForm} class="card" action={action} method="post" aria-labelledby="koniec">
      <h2 id="koniec">{t('desk.end.title')}</h2>
      <div class="f">
        <label class="hide" for={endFields.how}>
          {t('desk.end.title')}
        </label>
        <select id={endFields.how} name={endFields.how}>
          <option value="" />
          <option value="settled" selected={typed.how === 'settled'}>
            {t('desk.end.settled')}
          </option>
          {earlyEndReasons.map((reason) => (
            <option key={reason} value={reason} selected={typed.how === reason}>
              {t(`desk.end.${reason}`)}
            </option>
          ))}
        </select>
      </div>
      <div class="f right-topic">
        <label for={endFields.topic}>{t('desk.end.wrongTopic')}</label>
        <select id={endFields.topic} name={endFields.topic}>
          <option value="" />
          {topics.map(({ code, texts }) => (
            <option key={code} value={code} selected={typed.topic === code}>
              {texts.pl.name}
            </option>
          ))}
        </select>
      </div>
      <div class="f">
        <label for={endFields.note}>{t('desk.end.note')}</label>
        <textarea id={endFields.note} name={endFields.note} rows={3} maxLength={longestNote}>
          {typed.note}
        </textarea>
        <p id={deskIds.endNoteStatus} class="muted small" role="status" />
      </div>
    </form>
  )
}
