import { backofficePath } from '../../staff/staff-places'
import type { VNode } from 'preact'
import type { Endpoint } from '../../backoffice/endpoint'
import { type DeliveryState, deliveryStates, type ListedDelivery } from '../../backoffice/find-deliveries'
import { overlapHours } from '../../backoffice/rotate-secret'
import { SettingsWay } from '../../staff/pages/settings-way'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { Icon } from '../../ui/icons'
import { deliveryAddresses, endpointAddresses } from '../backoffice-addresses'
import { DeliveryTag, EndpointTag, kindText, resultText } from './backoffice-words'
import { whenText } from './when'

/** A replay of a range as it is asked for: first the count is shown, then it is confirmed. */
export interface ShownReplay {
  /** As typed. */
  typed: { od: string; do: string; co: string }
  error: 'range' | null
  /** How many would go out; null while nothing was asked. */
  count: number | null
}

export interface ShownEndpoint {
  endpoint: Endpoint
  log: { deliveries: readonly ListedDelivery[]; more: boolean }
  state: DeliveryState | null
  /** Not the first page of the log. */
  later: boolean
  replay: ShownReplay
  /** Id of the next test event, made for this page. */
  testId: string
  /** What was just done, or could not be. */
  said: { tone: 'done' | 'warn'; text: string } | null
  timeZone: string
}

interface Part {
  page: StaffPage
  shown: ShownEndpoint
}

/** One endpoint: its log, and all that can be done to it. */
export const endpointPage = (page: StaffPage, shown: ShownEndpoint): VNode => {
  const { t } = page.staffTexts
  const { endpoint, said } = shown
  return (
    <StaffFrame page={page} title={endpoint.description} current="settings">
      <main class="page">
        <div class="bar-top">
          <div class="grow">
            <SettingsWay page={page} to={{ path: backofficePath, text: t('admin.outbox') }} />
            <h1>{endpoint.description}</h1>
          </div>
          <EndpointTag texts={page.staffTexts} endpoint={endpoint} />
        </div>
        <div class="body with-side">
          <div class="stack">
            {said && (
              <p
                class={said.tone === 'warn' ? 'n n-warn' : 'n'}
                role={said.tone === 'warn' ? 'alert' : 'status'}
              >
                <Icon name={said.tone === 'warn' ? 'alert' : 'done'} size={20} />
                {said.text}
              </p>
            )}
            <Log page={page} shown={shown} />
          </div>
          <div class="stack">
            <Facts page={page} shown={shown} />
            <Secret page={page} shown={shown} />
            <Replay page={page} shown={shown} />
            <Remove page={page} shown={shown} />
          </div>
        </div>
      </main>
    </StaffFrame>
  )
}

const Log = ({ page, shown: { endpoint, log, state, later, timeZone } }: Part) => {
  const { t } = page.staffTexts
  const address = (query: Record<string, string>) => {
    const kept = new URLSearchParams(query).toString()
    return endpointAddresses(endpoint.id).page + (kept === '' ? '' : `?${kept}`)
  }
  const filter = state === null ? {} : { stan: state }
  const last = log.deliveries.at(-1)
  return (
    <div class="card list log">
      <h2 class="row" id="dziennik">
        {t('backoffice.log')}
      </h2>
      <form class="row wrap pick" method="get" action={endpointAddresses(endpoint.id).page}>
        <label for="stan">{t('desk.visit.state')}</label>
        <select id="stan" name="stan">
          <option value="">{t('recordings.filter.state.all')}</option>
          {deliveryStates.map((one) => (
            <option key={one} value={one} selected={one === state}>
              {t(`backoffice.delivery.${one}`)}
            </option>
          ))}
        </select>
        <button class="b">{t('recordings.filter.button')}</button>
      </form>
      {log.deliveries.length === 0 ? (
        <p class="empty" role="status">
          {t(state === null ? 'backoffice.log.none' : 'backoffice.log.none.state')}
        </p>
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-labelledby="dziennik">
          <table class="t">
            <thead>
              <tr>
                <th scope="col">{t('backoffice.column.reference')}</th>
                <th scope="col">{t('backoffice.column.settled')}</th>
                <th scope="col">{t('desk.visit.state')}</th>
                <th scope="col">{t('backoffice.column.result')}</th>
                <th scope="col" class="num">
                  {t('backoffice.column.tries')}
                </th>
                <th scope="col" class="num">
                  {t('backoffice.column.duration')}
                </th>
                <th scope="col">{t('backoffice.column.next')}</th>
              </tr>
            </thead>
            <tbody>
              {log.deliveries.map((delivery) => (
                <tr key={delivery.id}>
                  <th scope="row" class="nowrap">
                    <a href={deliveryAddresses(delivery.id).page}>
                      {delivery.reference ?? kindText(page.staffTexts, delivery.kind)}
                    </a>
                  </th>
                  <td class="nowrap">{whenText(delivery.createdAt, timeZone)}</td>
                  <td>
                    <DeliveryTag texts={page.staffTexts} state={delivery.state} />
                  </td>
                  <td>{delivery.last ? resultText(page.staffTexts, delivery.last) : '–'}</td>
                  <td class="num">{delivery.tries}</td>
                  <td class="num nowrap">
                    {delivery.last ? t('backoffice.milliseconds', { n: delivery.last.durationMs }) : '–'}
                  </td>
                  <td class="nowrap">
                    {delivery.state === 'queued' && !endpoint.pausedBy
                      ? whenText(delivery.dueAt, timeZone)
                      : '–'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {(later || log.more) && (
        <nav class="row" aria-label={t('recordings.pages')}>
          {later && (
            <a class="b" href={address(filter)}>
              {t('backoffice.newest')}
            </a>
          )}
          {log.more && last && (
            <a class="b" href={address({ ...filter, po: last.id })} rel="next">
              {t('recordings.older')}
            </a>
          )}
        </nav>
      )}
    </div>
  )
}

const Facts = ({ page, shown: { endpoint, testId, timeZone } }: Part) => {
  const { t } = page.staffTexts
  const { pause, resume, test, change } = endpointAddresses(endpoint.id)
  return (
    <section class="card stack" aria-labelledby="adres">
      <h2 id="adres">{t('backoffice.column.host')}</h2>
      <dl class="kv one">
        <dt>{t('backoffice.form.url')}</dt>
        <dd>{endpoint.url}</dd>
        <dt>{t('backoffice.column.kinds')}</dt>
        <dd>{endpoint.kinds.map((kind) => kindText(page.staffTexts, kind)).join(', ')}</dd>
        <dt>{t('backoffice.added')}</dt>
        <dd>{whenText(endpoint.createdAt, timeZone)}</dd>
        {endpoint.pausedAt && (
          <>
            <dt>{t('backoffice.pausedAt')}</dt>
            <dd>{whenText(endpoint.pausedAt, timeZone)}</dd>
          </>
        )}
      </dl>
      {endpoint.pausedBy && <p class="small">{t(`backoffice.paused.${endpoint.pausedBy}`)}</p>}
      <div class="row wrap">
        <form method="post" action={endpoint.pausedBy ? resume : pause}>
          <button class={endpoint.pausedBy ? 'b b-go' : 'b'}>
            {t(endpoint.pausedBy ? 'backoffice.resume' : 'backoffice.pause')}
          </button>
        </form>
        <form method="post" action={test}>
          <input type="hidden" name="id" value={testId} />
          <button class="b">{t('backoffice.test')}</button>
        </form>
        <a class="b" href={change}>
          {t('backoffice.change')}
        </a>
      </div>
    </section>
  )
}

const Secret = ({ page, shown: { endpoint, timeZone } }: Part) => {
  const { t } = page.staffTexts
  return (
    <section class="card" aria-labelledby="sekret">
      <h2 id="sekret">{t('backoffice.secret')}</h2>
      <form class="stack" method="post" action={endpointAddresses(endpoint.id).secret}>
        {endpoint.oldSecretUntil && (
          <p class="small">
            {t('backoffice.secret.overlap', { until: whenText(endpoint.oldSecretUntil, timeZone) })}
          </p>
        )}
        <input type="hidden" name="wersja" value={endpoint.version} />
        <div class="f">
          <label for="godziny">{t('backoffice.secret.hours')}</label>
          <select id="godziny" name="godziny">
            {overlapHours.map((hours) => (
              <option key={hours} value={hours}>
                {t(`backoffice.secret.hours.${hours}`)}
              </option>
            ))}
          </select>
        </div>
        <button class="b">{t('backoffice.secret.rotate')}</button>
      </form>
    </section>
  )
}

const Replay = ({ page, shown: { endpoint, replay } }: Part) => {
  const { t } = page.staffTexts
  const { typed, error, count } = replay
  const { page: here, replay: action } = endpointAddresses(endpoint.id)
  const field = (name: 'od' | 'do', text: 'backoffice.replay.from' | 'backoffice.replay.until') => (
    <div class="f">
      <label for={name}>{t(text)}</label>
      <input
        id={name}
        name={name}
        type="datetime-local"
        value={typed[name]}
        {...(error && { 'aria-invalid': true, 'aria-describedby': 'powtorz-blad' })}
      />
    </div>
  )
  return (
    <section class="card" id="powtorz" aria-labelledby="powtorz-h">
      <h2 id="powtorz-h">{t('backoffice.replay')}</h2>
      <form class="stack" method="get" action={`${here}#powtorz`}>
        {field('od', 'backoffice.replay.from')}
        {field('do', 'backoffice.replay.until')}
        <div class="f">
          <label for="co">{t('backoffice.replay.what')}</label>
          <select id="co" name="co">
            {(['nieprzekazane', 'wszystkie'] as const).map((one) => (
              <option key={one} value={one} selected={one === typed.co}>
                {t(`backoffice.replay.what.${one}`)}
              </option>
            ))}
          </select>
        </div>
        {error && (
          <p class="n n-warn" id="powtorz-blad" role="alert">
            <Icon name="alert" size={20} />
            {t('backoffice.replay.error')}
          </p>
        )}
        <button class="b">{t('backoffice.replay.count')}</button>
      </form>
      {count !== null && (
        <form class="stack after" method="post" action={action}>
          <p role="status">
            {count === 0 ? t('backoffice.replay.found.none') : t('backoffice.replay.found', { n: count })}
          </p>
          {count > 0 && (
            <>
              {Object.entries(typed).map(([name, value]) => (
                <input key={name} type="hidden" name={name} value={value} />
              ))}
              <button class="b b-go">{t('backoffice.replay.go', { n: count })}</button>
            </>
          )}
        </form>
      )}
    </section>
  )
}

const Remove = ({ page, shown: { endpoint } }: Part) => {
  const { t } = page.staffTexts
  return (
    <section class="card" aria-labelledby="usun">
      <h2 id="usun">{t('backoffice.remove')}</h2>
      <form class="stack" method="post" action={endpointAddresses(endpoint.id).remove}>
        <p class="small muted">{t('backoffice.remove.hint')}</p>
        <label class="ck" for="na-pewno">
          <input id="na-pewno" type="checkbox" name="napewno" value="tak" required />
          {t('backoffice.remove.sure')}
        </label>
        <button class="b b-red">{t('backoffice.remove.button')}</button>
      </form>
    </section>
  )
}
