import type { VNode } from 'preact'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { auditPath } from '../../staff/staff-places'
import { HiddenFields } from '../../ui/hidden-fields'
import { Icon } from '../../ui/icons'
import { exportFormats } from './audit-export'
import { auditQuery } from './audit-filter'
import { AuditFilterForm } from './audit-filter-form'
import { Subject } from './audit-subject'
import { actionWords, actorWords, detailsWords, whenWords } from './audit-words'
import { ChainNotice } from './chain-notice'
import type { Part, ShownAudit } from './shown-audit'

/** The record, the newest entry first, with the state of its chain. */
export const auditPage = (page: StaffPage, shown: ShownAudit): VNode => {
  const { t } = page.staffTexts
  const { read, found, error } = shown
  const { number } = read.filter
  return (
    <StaffFrame page={page} title={t('desk.nav.audit')} current="audit">
      <main class="page">
        <div class="bar-top">
          <div>
            <h1>{number === null ? t('desk.nav.audit') : t('audit.register', { number })}</h1>
            <p class="muted small">{t(number === null ? 'audit.lead' : 'audit.register.lead')}</p>
          </div>
          <span class="grow" />
          {!error && <Export page={page} shown={shown} />}
        </div>
        <div class="body audit" tabIndex={0} role="region" aria-label={t('desk.nav.audit')}>
          <ChainNotice page={page} shown={shown} />
          <AuditFilterForm page={page} shown={shown} />
          <div class="card list">
            {found.entries.length === 0 ? (
              <p class="empty" role="status">
                {t('audit.none')}
              </p>
            ) : (
              <Entries page={page} shown={shown} />
            )}
            <Pages page={page} shown={shown} />
          </div>
        </div>
      </main>
    </StaffFrame>
  )
}

const Export = ({ page, shown: { read } }: Part) => {
  const { t } = page.staffTexts
  return (
    <form class="row" method="post" action={`${auditPath}/plik`}>
      <HiddenFields values={read.typed} />
      {exportFormats.map((format) => (
        <button key={format} class="b" name="format" value={format}>
          <Icon name="download" size={20} />
          {t(`audit.export.${format}`)}
        </button>
      ))}
    </form>
  )
}

const Entries = ({ page, shown }: Part) => {
  const { found, branches, timeZone } = shown
  const texts = page.staffTexts
  const { t } = texts
  const many = branches.length > 1
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t('audit.entries')}>
      <table class="t">
        <thead>
          <tr>
            <th scope="col">{t('audit.column.when')}</th>
            <th scope="col">{t('audit.column.who')}</th>
            <th scope="col">{t('audit.column.what')}</th>
            <th scope="col">{t('audit.column.subject')}</th>
            {many && <th scope="col">{t('stats.column.branch')}</th>}
            <th scope="col">{t('audit.column.details')}</th>
          </tr>
        </thead>
        <tbody>
          {found.entries.map((entry) => (
            <tr key={entry.id}>
              <td class="nowrap">{whenWords(entry.at, timeZone)}</td>
              <td class="who">{actorWords(texts, entry)}</td>
              <td>{actionWords(texts, entry.action)}</td>
              <td class="nowrap">
                <Subject page={page} shown={shown} entry={entry} />
              </td>
              {many && <td>{branches.find(({ id }) => id === entry.branchId)?.name ?? '–'}</td>}
              <td class="small">{detailsWords(texts, entry, { timeZone, names: found.names })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Pages = ({ page, shown: { read, found } }: Part) => {
  const { t } = page.staffTexts
  const last = found.entries.at(-1)
  if (!read.after && !found.more) return null
  return (
    <nav class="row pages" aria-label={t('audit.pages')}>
      {read.after && (
        <a class="b" href={`${auditPath}?${auditQuery(read.typed)}`}>
          {t('audit.newest')}
        </a>
      )}
      {found.more && last && (
        <a class="b" href={`${auditPath}?${auditQuery(read.typed, last)}`} rel="next">
          {t('recordings.older')}
        </a>
      )}
    </nav>
  )
}
