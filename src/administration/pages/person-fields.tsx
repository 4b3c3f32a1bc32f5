import type { ComponentChildren } from 'preact'
import type { Branch, Topic } from '../../institution/directory'
import type { StaffPage } from '../../staff/pages/staff-frame'
import { staffRoles } from '../../staff/staff'
import { errorOf, type FormError } from '../../ui/error-summary'
import { allBranches, type TypedPerson } from '../person-form'

interface PersonFieldsProps {
  page: StaffPage
  typed: TypedPerson
  errors: readonly FormError[]
  branches: readonly Branch[]
  topics: readonly Topic[]
  /** A new account has its address typed; later it stays. */
  asksEmail: boolean
  /** Name, role and branch are the identity provider's. */
  byProvider?: boolean
}

/** The fields of an account: who, what role, where, which topics. */
export const PersonFields = (props: PersonFieldsProps) => {
  const { page, typed, errors, branches, topics, asksEmail, byProvider = false } = props
  const { t } = page.staffTexts
  const reachesAll = page.me.branchId === null
  return (
    <>
      {!byProvider && (
        <>
          <LabelledField errors={errors} name="nazwa" label={t('account.name')}>
            {(aria) => <input {...aria} value={typed.name} maxLength={100} autocomplete="off" />}
          </LabelledField>
          {asksEmail && (
            <LabelledField errors={errors} name="email" label={t('account.email')}>
              {(aria) => (
                <input {...aria} type="email" value={typed.email} maxLength={254} autocomplete="off" />
              )}
            </LabelledField>
          )}
          <div class="two">
            <LabelledField errors={errors} name="rola" label={t('account.role')}>
              {(aria) => (
                <select {...aria}>
                  {typed.role === '' && <option value="">{t('people.field.branch.choose')}</option>}
                  {staffRoles.map((role) => (
                    <option key={role} value={role} selected={role === typed.role}>
                      {t(`admin.role.${role}`)}
                    </option>
                  ))}
                </select>
              )}
            </LabelledField>
            <LabelledField errors={errors} name="oddzial" label={t('account.branch')}>
              {(aria) => (
                <select {...aria}>
                  {typed.branch === '' && <option value="">{t('people.field.branch.choose')}</option>}
                  {reachesAll && (
                    <option value={allBranches} selected={typed.branch === allBranches}>
                      {t('account.allBranches')}
                    </option>
                  )}
                  {branches.map(({ code, name }) => (
                    <option key={code} value={code} selected={code === typed.branch}>
                      {name}
                    </option>
                  ))}
                </select>
              )}
            </LabelledField>
          </div>
        </>
      )}
      <fieldset class="topic-ticks">
        <legend>{t('account.topics')}</legend>
        <p class="muted small">{t('people.field.topics.hint')}</p>
        {topics.map(({ code, texts }) => (
          <label key={code} class="ck">
            <input type="checkbox" name="temat" value={code} checked={typed.topics.includes(code)} />
            {texts.pl.name}
          </label>
        ))}
      </fieldset>
    </>
  )
}

interface Aria {
  id: string
  name: string
  'aria-invalid': true | undefined
  'aria-describedby': string | undefined
}

const LabelledField = ({
  errors,
  name,
  label,
  children,
}: {
  errors: readonly FormError[]
  name: string
  label: string
  children: (aria: Aria) => ComponentChildren
}) => {
  const error = errorOf(errors, name)
  return (
    <div class="f">
      <label for={name}>{label}</label>
      {error !== undefined && (
        <p class="field-error" id={`${name}-e`}>
          {error}
        </p>
      )}
      {children({
        id: name,
        name,
        'aria-invalid': error !== undefined || undefined,
        'aria-describedby': error === undefined ? undefined : `${name}-e`,
      })}
    </div>
  )
}
