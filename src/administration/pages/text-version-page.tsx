import type { VNode } from 'preact'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { SettingsWay } from '../../staff/pages/settings-way'
import { TextDifference } from './text-difference'

export interface ShownTextVersion {
  title: string
  version: string
  /** The text that the version belongs to, and its editing page. */
  text: { path: string; text: string }
  facts: string
  /** What it is compared with. */
  before: string
  parts: readonly { title: string; before: string; after: string }[]
  /** Where the form is filled in with this version. */
  restore: string
  /** Where it is taken back, while it is not in force. */
  withdraw: string | undefined
}

/** A version of any text: what it changed, the way back to it, and taking it back before its day. */
export const textVersionPage = (page: StaffPage, shown: ShownTextVersion): VNode => {
  const { t } = page.staffTexts
  const { title, version, text, facts, before, parts, restore, withdraw } = shown
  return (
    <StaffFrame page={page} title={title} current="settings">
      <main class="page">
        <div class="bar-top">
          <div>
            <SettingsWay page={page} to={text} />
            <h1>{t('admin.texts.version', { version })}</h1>
          </div>
          <p class="muted small grow">{facts}</p>
          {withdraw !== undefined && (
            <form method="post" action={withdraw}>
              <button class="b b-red">{t('admin.texts.withdraw')}</button>
            </form>
          )}
          <a class="b b-go" href={restore} aria-describedby="przywroc">
            {t('admin.texts.restore')}
          </a>
        </div>
        <div class="body stack">
          <p class="muted small" id="przywroc">
            {t('admin.texts.restore.hint')}
          </p>
          <h2>{t('admin.texts.difference.before', { before })}</h2>
          {parts.map((part) => (
            <TextDifference key={part.title} texts={page.staffTexts} {...part} />
          ))}
        </div>
      </main>
    </StaffFrame>
  )
}
