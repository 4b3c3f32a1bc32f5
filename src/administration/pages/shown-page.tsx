import type { ComponentChildren } from 'preact'
import { StaffFrame } from '../../staff/pages/staff-frame'
import { Icon } from '../../ui/icons'
import { versionField } from '../shown-form'
import { SettingsWay } from '../../staff/pages/settings-way'
import { Done } from './form-parts'
import { FormProblems } from '../../staff/pages/form-problems'
import { problemText, type ShownForm } from './shown-fields'

interface ShownPageProps {
  form: ShownForm
  title: string
  lead: string
  path: string
  /** Where citizens see it. */
  seenAt: { path: string; text: string }
  version: number
  saved: boolean
  /** Words for the field of a problem or sample. */
  labelOf: (field: string) => string
  children: ComponentChildren
}

/** The frame of a form in which the institution says something of itself. */
export const ShownPage = ({
  form,
  title,
  lead,
  path,
  seenAt,
  version,
  saved,
  labelOf,
  children,
}: ShownPageProps) => {
  const { page, problems, storedNow, samples } = form
  const { t } = page.staffTexts
  return (
    <StaffFrame page={page} title={title} current="settings" failed={problems.length > 0}>
      <main class="page">
        <div class="bar-top">
          <div>
            <SettingsWay page={page} />
            <h1>{title}</h1>
          </div>
          <p class="muted small grow">{lead}</p>
          <a class="b" href={seenAt.path}>
            <Icon name="eye" size={20} />
            {seenAt.text}
          </a>
        </div>
        <div class="body">
          <form class="shown-form" method="post" action={path} novalidate>
            <input type="hidden" name={versionField} value={version} />
            {saved && <Done>{t('shown.saved')}</Done>}
            {storedNow && (
              <p class="n n-warn" role="alert">
                <Icon name="alert" size={20} />
                <span>
                  {t('shown.changedMeanwhile')} <a href={path}>{t('shown.reload')}</a>
                </span>
              </p>
            )}
            <FormProblems
              texts={page.staffTexts}
              problems={problems.map(({ field, reason }) => ({
                field,
                text: `${labelOf(field)}: ${problemText(page, reason)}`,
              }))}
            />
            {problems.length === 0 && samples.length > 0 && (
              <div class="n n-warn">
                <Icon name="info" size={20} />
                <div>
                  <p>{t('shown.samples', { n: samples.length })}</p>
                  <ul class="shown-samples">
                    {samples.map((place) => (
                      <li key={place}>
                        <a href={`#${anchorOf(place)}`}>{labelOf(place)}</a>
                      </li>
                    ))}
                  </ul>
                </div>
              </div>
            )}
            {children}
            <div class="shown-save">
              <button class="b b-go">{t('shown.save')}</button>
            </div>
          </form>
        </div>
      </main>
    </StaffFrame>
  )
}

const anchorOf = (place: string): string => (place === 'dates' ? 'dates.published' : `${place}.pl`)
