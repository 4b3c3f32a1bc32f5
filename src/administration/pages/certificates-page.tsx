import type { VNode } from 'preact'
import { kindVersion, type ListedKind } from '../../institution/edit-certificate-kind'
import type { StaffPage } from '../../staff/pages/staff-frame'
import { languages } from '../../texts/catalogue'
import { Icon } from '../../ui/icons'
import { certificatesPath, newOne, oneOf } from '../places-address'
import { textOf, type Typed } from '../typed'
import { Done, StaffCheck, StaffField } from './form-parts'
import { type FormProblem, FormProblems } from '../../staff/pages/form-problems'
import { SettingsFrame } from './settings-frame'

/** All kinds of certificates in the order in which officers see them. */
export const certificatesPage = (
  page: StaffPage,
  { kinds, isSaved }: { kinds: readonly ListedKind[]; isSaved: boolean },
): VNode => {
  const { t } = page.staffTexts
  return (
    <SettingsFrame
      page={page}
      title={t('certificates.title')}
      action={
        <a class="b b-go" href={oneOf(certificatesPath, newOne)}>
          <Icon name="plus" size={20} />
          {t('certificates.add')}
        </a>
      }
    >
      {isSaved && <Done>{t('admin.saved')}</Done>}
      <div class="card list">
        <div class="scroll" tabIndex={0} role="region" aria-label={t('certificates.title')}>
          <table class="t">
            <thead>
              <tr>
                <th scope="col" class="num">
                  {t('places.topic.position')}
                </th>
                <th scope="col">{t('places.topic.name')}</th>
                <th scope="col">{t('places.code')}</th>
                <th scope="col">{t('places.state')}</th>
              </tr>
            </thead>
            <tbody>
              {kinds.map(({ code, position, active, texts }) => (
                <tr key={code} class={active ? undefined : 'past'}>
                  <td class="num">{position}</td>
                  <td>
                    <a href={oneOf(certificatesPath, code)}>{texts.pl}</a>
                  </td>
                  <td>{code}</td>
                  <td>
                    <span class={active ? 'tag tag-ok' : 'tag'}>
                      {t(active ? 'certificates.state.active' : 'certificates.state.inactive')}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </SettingsFrame>
  )
}

export interface ShownCertificate {
  /** None: a new one. */
  kind: ListedKind | undefined
  nextPosition: number
  typed?: Typed
  mistakes?: readonly FormProblem[]
}

const valuesOf = ({ kind, nextPosition }: ShownCertificate): Typed => ({
  ...Object.fromEntries(languages.map((language) => [`nazwa-${language}`, kind?.texts[language] ?? ''])),
  kolejnosc: String(kind?.position ?? nextPosition),
  czynny: (kind?.active ?? true) ? 'tak' : '',
  wersja: kind ? kindVersion(kind) : '',
})

/** A kind of certificate: its name in each language, its place, and whether it can be applied for. */
export const certificatePage = (page: StaffPage, shown: ShownCertificate): VNode => {
  const { t } = page.staffTexts
  const { kind, mistakes = [] } = shown
  const typed = shown.typed ?? valuesOf(shown)
  const field = (name: string) => ({ name, value: textOf(typed, name), mistakes })
  return (
    <SettingsFrame
      page={page}
      title={kind ? kind.texts.pl : t('certificates.new')}
      from={{ path: certificatesPath, text: t('certificates.title') }}
      failed={mistakes.length > 0}
    >
      <FormProblems texts={page.staffTexts} problems={mistakes} />
      <form class="card stack narrow" method="post" action={oneOf(certificatesPath, kind?.code ?? newOne)}>
        <input type="hidden" name="wersja" value={textOf(typed, 'wersja')} />
        {!kind && (
          <StaffField
            {...field('kod')}
            label={t('places.code')}
            hint={t('certificates.code.hint')}
            maxLength={40}
          />
        )}
        {languages.map((language) => (
          <StaffField
            key={language}
            {...field(`nazwa-${language}`)}
            label={t('certificates.name', { language: t(`places.language.${language}`).toLowerCase() })}
            maxLength={500}
            lang={language}
          />
        ))}
        <StaffField {...field('kolejnosc')} label={t('places.topic.position')} maxLength={4} />
        <StaffCheck name="czynny" checked={textOf(typed, 'czynny') !== ''}>
          {t('certificates.active')}
        </StaffCheck>
        <p>
          <button class="b b-go b-big">{t('places.save')}</button>
        </p>
      </form>
    </SettingsFrame>
  )
}
