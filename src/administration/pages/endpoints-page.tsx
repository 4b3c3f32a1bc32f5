import type { VNode } from 'preact'
import type { Endpoint } from '../../backoffice/endpoint'
import type { EndpointStanding, OpenEntry } from '../../backoffice/read-standing'
import type { Directory } from '../../institution/directory'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { backofficePath, settingsPath } from '../../staff/staff-places'
import { Icon } from '../../ui/icons'
import { deliveryAddresses, endpointAddresses, newEndpointPath } from '../backoffice-addresses'
import { EndpointTag, hostText, kindText } from './backoffice-words'
import { whenText } from './when'

export interface ShownBackoffice {
  endpoints: readonly Endpoint[]
  standings: ReadonlyMap<string, EndpointStanding>
  counts: { open: number; failed: number; unrouted: number; oldest: Date | null }
  open: { entries: readonly OpenEntry[]; more: boolean }
  /** Not the first page of what is open. */
  later: boolean
  directory: Pick<Directory, 'branchById' | 'institution'>
}

interface Part {
  page: StaffPage
  shown: ShownBackoffice
}

/** The institution's other systems: where settled matters go, and what has not arrived yet. */
export const endpointsPage = (page: StaffPage, shown: ShownBackoffice): VNode => {
  const { t } = page.staffTexts
  return (
    <StaffFrame page={page} title={t('admin.outbox')} current="settings">
      <main class="page">
        <div class="bar-top">
          <div class="grow">
            <p class="small">
              <a href={settingsPath}>{t('desk.nav.settings')}</a>
            </p>
            <h1>{t('admin.outbox')}</h1>
          </div>
          <a class="b b-go" href={newEndpointPath}>
            <Icon name="plus" size={20} />
            {t('backoffice.add')}
          </a>
        </div>
        <div class="body stack">
          <Notices page={page} shown={shown} />
          <Endpoints page={page} shown={shown} />
          <Open page={page} shown={shown} />
        </div>
      </main>
    </StaffFrame>
  )
}

const Notices = ({ page, shown: { counts, endpoints } }: Part) => {
  const { t } = page.staffTexts
  const stopped = endpoints.some(({ pausedBy }) => pausedBy === 'gone')
  return (
    <>
      {counts.failed > 0 && <Warning text={t('backoffice.notice.failed', { n: counts.failed })} />}
      {stopped && <Warning text={t('backoffice.notice.gone')} />}
      {counts.unrouted > 0 && <Warning text={t('backoffice.notice.unrouted', { n: counts.unrouted })} />}
    </>
  )
}

const Warning = ({ text }: { text: string }) => (
  <div class="n n-warn">
    <Icon name="alert" size={20} />
    <p>{text}</p>
  </div>
)

const Endpoints = ({ page, shown: { endpoints, standings, directory } }: Part) => {
  const { t } = page.staffTexts
  const { timeZone } = directory.institution
  return (
    <div class="card list log">
      <h2 class="row" id="adresy">
        {t('backoffice.endpoints')}
      </h2>
      {endpoints.length === 0 ? (
        <p class="empty">{t('backoffice.endpoints.none')}</p>
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-labelledby="adresy">
          <table class="t">
            <thead>
              <tr>
                <th scope="col">{t('backoffice.column.endpoint')}</th>
                <th scope="col">{t('backoffice.column.host')}</th>
                <th scope="col">{t('backoffice.column.kinds')}</th>
                <th scope="col">{t('desk.visit.state')}</th>
                <th scope="col" class="num">
                  {t('backoffice.column.waiting')}
                </th>
                <th scope="col" class="num">
                  {t('backoffice.column.failed')}
                </th>
                <th scope="col">{t('backoffice.column.last')}</th>
              </tr>
            </thead>
            <tbody>
              {endpoints.map((endpoint) => {
                const standing = standings.get(endpoint.id)
                return (
                  <tr key={endpoint.id}>
                    <th scope="row">
                      <a href={endpointAddresses(endpoint.id).page}>{endpoint.description}</a>
                    </th>
                    <td>{hostText(endpoint.url)}</td>
                    <td>{endpoint.kinds.map((kind) => kindText(page.staffTexts, kind)).join(', ')}</td>
                    <td>
                      <EndpointTag texts={page.staffTexts} endpoint={endpoint} />
                    </td>
                    <td class="num">{standing?.waiting ?? 0}</td>
                    <td class="num">{standing?.failed ?? 0}</td>
                    <td class="nowrap">
                      {standing?.lastDeliveredAt ? whenText(standing.lastDeliveredAt, timeZone) : '–'}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}

const Open = ({ page, shown }: Part) => {
  const { t } = page.staffTexts
  const { open, later, counts, directory } = shown
  const { timeZone } = directory.institution
  const last = open.entries.at(-1)
  return (
    <div class="card list log">
      <h2 class="row" id="w-drodze">
        {t('backoffice.open')}
        {counts.oldest && (
          <span class="muted small">
            {t('backoffice.open.count', { n: counts.open, since: whenText(counts.oldest, timeZone) })}
          </span>
        )}
      </h2>
      {open.entries.length === 0 ? (
        <p class="empty" role="status">
          {t('backoffice.open.none')}
        </p>
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-labelledby="w-drodze">
          <table class="t">
            <thead>
              <tr>
                <th scope="col">{t('backoffice.column.reference')}</th>
                <th scope="col">{t('backoffice.column.kind')}</th>
                <th scope="col">{t('recordings.column.branch')}</th>
                <th scope="col">{t('backoffice.column.since')}</th>
                <th scope="col">{t('backoffice.column.endpoint')}</th>
                <th scope="col">{t('backoffice.column.what')}</th>
              </tr>
            </thead>
            <tbody>
              {open.entries.map((entry) => (
                <tr key={`${entry.id} ${entry.delivery?.id ?? ''}`}>
                  <th scope="row" class="nowrap">
                    {entry.delivery ? (
                      <a href={deliveryAddresses(entry.delivery.id).page}>{entry.reference}</a>
                    ) : (
                      entry.reference
                    )}
                  </th>
                  <td>{kindText(page.staffTexts, entry.kind)}</td>
                  <td>{directory.branchById(entry.branchId)?.name}</td>
                  <td class="nowrap">{whenText(entry.createdAt, timeZone)}</td>
                  <td>{entry.delivery?.endpoint ?? '–'}</td>
                  <td>{whatToDo(page, entry, timeZone)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {(later || open.more) && (
        <nav class="row" aria-label={t('recordings.pages')}>
          {later && (
            <a class="b" href={backofficePath}>
              {t('backoffice.first')}
            </a>
          )}
          {open.more && last && (
            <a class="b" href={`${backofficePath}?po=${last.id}`} rel="next">
              {t('backoffice.more')}
            </a>
          )}
        </nav>
      )}
    </div>
  )
}

/** Why a matter is still here, and what an administrator can do about it. */
function whatToDo({ staffTexts: { t } }: StaffPage, { delivery }: OpenEntry, timeZone: string): string {
  if (!delivery) return t('backoffice.todo.unrouted')
  const { pausedBy, state, lastError, dueAt } = delivery
  if (pausedBy) return t(`backoffice.todo.${pausedBy}`)
  const cause = lastError === null ? '' : t(`backoffice.error.${lastError}`)
  if (state === 'failed') return t('backoffice.todo.failed', { cause })
  if (lastError === null || state === 'sending') return t('backoffice.todo.soon')
  return t('backoffice.todo.retry', { cause, when: whenText(dueAt, timeZone) })
}
