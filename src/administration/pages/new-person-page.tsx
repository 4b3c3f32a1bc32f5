import type { VNode } from 'preact'
import type { Branch, Topic } from '../../institution/directory'
import { SettingsWay } from '../../staff/pages/settings-way'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import type { FormError } from '../../ui/error-summary'
import { newPersonPath, peoplePath } from '../people-paths'
import type { TypedPerson } from '../person-form'
import { PersonFields } from './person-fields'
import { FormProblems } from '../../staff/pages/form-problems'

export interface ShownNewPerson {
  typed: TypedPerson
  errors: readonly FormError[]
  branches: readonly Branch[]
  topics: readonly Topic[]
}

/** Invites somebody. */
export const newPersonPage = (page: StaffPage, shown: ShownNewPerson): VNode => {
  const { t } = page.staffTexts
  return (
    <StaffFrame page={page} title={t('people.new.title')} current="settings" failed={shown.errors.length > 0}>
      <main class="page">
        <div class="bar-top">
          <div>
            <SettingsWay page={page} to={{ path: peoplePath, text: t('people.title') }} />
            <h1>{t('people.new.title')}</h1>
          </div>
        </div>
        <div class="body">
          <form class="card person" action={newPersonPath} method="post">
            <FormProblems texts={page.staffTexts} problems={shown.errors} />
            <p>{t('people.new.lead')}</p>
            <PersonFields page={page} {...shown} asksEmail />
            <p>
              <button class="b b-go b-big">{t('people.new.button')}</button>
            </p>
          </form>
        </div>
      </main>
    </StaffFrame>
  )
}
