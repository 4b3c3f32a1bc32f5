import { backofficePath } from '../../staff/staff-places'
import type { VNode } from 'preact'
import type { EndpointProblem } from '../../backoffice/check-endpoint'
import { type EndpointForm, longestDescription } from '../../backoffice/endpoint'
import { entryKinds } from '../../backoffice/entry-kind'
import { SettingsWay } from '../../staff/pages/settings-way'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { kindText } from './backoffice-words'
import { type FormProblem, FormProblems, invalid } from '../../staff/pages/form-problems'

export interface ShownEndpointForm {
  /** As typed. */
  form: EndpointForm
  /** Where it is sent, with what goes along unseen. */
  action: string
  hidden: Readonly<Record<string, string>>
  /** Of an endpoint that is there already. */
  change: { page: string; description: string } | null
  problems: readonly (EndpointProblem | 'changed')[]
  plainHttp: boolean
}

const fields: Record<EndpointProblem | 'changed', string | undefined> = {
  url_missing: 'adres',
  url_wrong: 'adres',
  url_secret: 'adres',
  https_needed: 'adres',
  private_address: 'adres',
  description_missing: 'opis',
  description_too_long: 'opis',
  kinds_missing: 'sprawy-application',
  changed: undefined,
}

/** A new endpoint, or one that is changed. */
export const endpointFormPage = (page: StaffPage, shown: ShownEndpointForm): VNode => {
  const { t } = page.staffTexts
  const { form, action, hidden, change, plainHttp } = shown
  const title = t(change ? 'backoffice.form.change' : 'backoffice.add')
  const problems = shown.problems.map((problem): FormProblem => {
    const field = fields[problem]
    const text = t(`backoffice.problem.${problem}`, { max: longestDescription })
    return { text, ...(field !== undefined && { field }) }
  })
  return (
    <StaffFrame page={page} title={title} current="settings" failed={problems.length > 0}>
      <main class="page">
        <div class="bar-top">
          <div>
            <SettingsWay
              page={page}
              to={
                change
                  ? { path: change.page, text: change.description }
                  : { path: backofficePath, text: t('admin.outbox') }
              }
            />
            <h1>{title}</h1>
          </div>
        </div>
        <div class="body">
          <form class="card narrow stack" method="post" action={action}>
            <FormProblems texts={page.staffTexts} problems={problems} />
            {Object.entries(hidden).map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
            <div class="f">
              <label for="opis">{t('backoffice.form.description')}</label>
              <p class="muted small" id="opis-h">
                {t('backoffice.form.description.hint')}
              </p>
              <input
                id="opis"
                name="opis"
                value={form.description}
                maxLength={longestDescription}
                autocomplete="off"
                aria-describedby="opis-h"
                {...invalid(problems, 'opis')}
              />
            </div>
            <div class="f">
              <label for="adres">{t('backoffice.form.url')}</label>
              <p class="muted small" id="adres-h">
                {t(plainHttp ? 'backoffice.form.url.hint.plain' : 'backoffice.form.url.hint')}
              </p>
              <input
                id="adres"
                name="adres"
                inputMode="url"
                value={form.url}
                maxLength={500}
                autocomplete="off"
                spellcheck={false}
                aria-describedby="adres-h"
                {...invalid(problems, 'adres')}
              />
            </div>
            <fieldset class="plain">
              <legend class="l">{t('backoffice.form.kinds')}</legend>
              {entryKinds.map((kind) => (
                <label key={kind} class="ck" for={`sprawy-${kind}`}>
                  <input
                    id={`sprawy-${kind}`}
                    type="checkbox"
                    name="sprawy"
                    value={kind}
                    checked={form.kinds.includes(kind)}
                  />
                  {kindText(page.staffTexts, kind)}
                </label>
              ))}
            </fieldset>
            <div class="row">
              <button class="b b-go">{t(change ? 'backoffice.form.save' : 'backoffice.form.add')}</button>
              <a href={change?.page ?? backofficePath}>{t('backoffice.form.cancel')}</a>
            </div>
          </form>
        </div>
      </main>
    </StaffFrame>
  )
}
