import type { VNode } from 'preact'
import type { LegalKind } from '../../institution/institution-data'
import type { OwnText } from '../../institution/wording/own-wording'
import { editableTexts } from '../../message/texts/editable-texts'
import { dateWords } from '../../platform/i18n/dates'
import type { Day } from '../../platform/zone'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { type Language, languages } from '../../texts/catalogue'
import { textsAddresses } from '../texts-addresses'
import { textName } from './message-text-page'
import { SettingsWay } from '../../staff/pages/settings-way'

/** What is in force of a text, and what will be. */
export interface TextStand {
  current: OwnText | undefined
  planned: OwnText | undefined
}

export interface LegalStand {
  kind: LegalKind
  current: { version: string; validFrom: Day }
  planned: { version: string; validFrom: Day } | undefined
}

export interface ShownTexts {
  legal: readonly LegalStand[]
  standOf: (name: string, language: Language) => TextStand
  timeZone: string
}

/** Everything whose wording is the institution's, with what is in force. */
export const textsPage = (page: StaffPage, shown: ShownTexts): VNode => {
  const { t } = page.staffTexts
  return (
    <StaffFrame page={page} title={t('admin.texts.title')} current="settings">
      <main class="page">
        <div class="bar-top">
          <div>
            <SettingsWay page={page} />
            <h1>{t('admin.texts.title')}</h1>
          </div>
          <p class="muted small grow">{t('admin.texts.lead')}</p>
          <a class="b" href={textsAddresses.institution}>
            {t('admin.texts.name.institution')}
          </a>
        </div>
        <div class="body stack">
          <Legal page={page} shown={shown} />
          {(['sms', 'email'] as const).map((group) => (
            <Messages key={group} page={page} shown={shown} group={group} />
          ))}
        </div>
      </main>
    </StaffFrame>
  )
}

interface Part {
  page: StaffPage
  shown: ShownTexts
}

const Legal = ({ page, shown: { legal, timeZone } }: Part) => {
  const { t } = page.staffTexts
  const day = (of: Day) => dateWords(of, 'pl', timeZone)
  return (
    <section class="card" aria-labelledby="prawne">
      <h2 id="prawne">{t('admin.texts.legal')}</h2>
      <ul class="plain stack-s">
        {legal.map(({ kind, current, planned }) => (
          <li key={kind} data-legal={kind}>
            <a href={textsAddresses.legal(kind)}>{t(`admin.texts.name.legal.${kind}`)}</a>{' '}
            <span class="muted small">
              {t('admin.legal.current', { version: current.version, day: day(current.validFrom) })}
            </span>{' '}
            {planned && (
              <span class="tag tag-info">
                {t('admin.texts.planned', { version: planned.version, day: day(planned.validFrom) })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

const Messages = ({ page, shown, group }: Part & { group: 'email' | 'sms' }) => {
  const { t } = page.staffTexts
  return (
    <section class="card" aria-labelledby={group}>
      <h2 id={group}>{t(`admin.texts.${group}`)}</h2>
      <div class="scroll" tabIndex={0} role="group" aria-labelledby={group}>
        <table class="t">
          <thead>
            <tr>
              <th scope="col">{t('admin.texts.column.text')}</th>
              {languages.map((language) => (
                <th key={language} scope="col">
                  {t(`admin.texts.language.${language}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {editableTexts
              .filter((text) => text.group === group)
              .map((text) => {
                const name = textName(page.staffTexts, text)
                return (
                  <tr key={text.name}>
                    <td>{name}</td>
                    {languages.map((language) => (
                      <td key={language} data-text={`${text.name}.${language}`}>
                        <Stand page={page} shown={shown} stand={shown.standOf(text.name, language)} />{' '}
                        <a
                          href={textsAddresses.message(text.name, language)}
                          aria-label={`${t('admin.texts.edit')}: ${name}, ${t(`admin.texts.language.${language}`)}`}
                        >
                          {t('admin.texts.edit')}
                        </a>
                      </td>
                    ))}
                  </tr>
                )
              })}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const Stand = ({ page, shown, stand: { current, planned } }: Part & { stand: TextStand }) => {
  const { t } = page.staffTexts
  return (
    <>
      {current?.parts ? (
        <span class="tag tag-ok">{t('admin.texts.own', { version: current.version })}</span>
      ) : (
        <span class="muted small">{t('admin.texts.product')}</span>
      )}{' '}
      {planned && (
        <span class="tag tag-info">
          {t('admin.texts.planned', {
            version: planned.version,
            day: dateWords(planned.validFrom, 'pl', shown.timeZone),
          })}
        </span>
      )}
    </>
  )
}
