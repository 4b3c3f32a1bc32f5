import type { VNode } from 'preact'
import type { Endpoint } from '../../backoffice/endpoint'
import type { ListedAttempt, ListedDelivery } from '../../backoffice/find-deliveries'
import { SettingsWay } from '../../staff/pages/settings-way'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { Icon } from '../../ui/icons'
import { deliveryAddresses, endpointAddresses } from '../backoffice-addresses'
import { DeliveryTag, kindText, mayReplay, resultText } from './backoffice-words'
import { whenText } from './when'

export interface ShownDelivery {
  delivery: ListedDelivery & { attempts: readonly ListedAttempt[] }
  endpoint: Endpoint
  timeZone: string
}

/** One delivery with every request that was made, and what to do about the last failure. */
export const deliveryPage = (page: StaffPage, { delivery, endpoint, timeZone }: ShownDelivery): VNode => {
  const { t } = page.staffTexts
  const title = delivery.reference ?? t('backoffice.kind.test.title')
  const error = delivery.state === 'delivered' ? null : (delivery.last?.error ?? null)
  return (
    <StaffFrame page={page} title={title} current="settings">
      <main class="page">
        <div class="bar-top">
          <div class="grow">
            <SettingsWay
              page={page}
              to={{ path: endpointAddresses(endpoint.id).page, text: endpoint.description }}
            />
            <h1>{title}</h1>
          </div>
          <DeliveryTag texts={page.staffTexts} state={delivery.state} />
        </div>
        <div class="body with-side">
          <div class="card list log">
            <h2 class="row" id="proby">
              {t('backoffice.attempts')}
            </h2>
            {delivery.attempts.length === 0 ? (
              <p class="empty" role="status">
                {t('backoffice.attempts.none')}
              </p>
            ) : (
              <Attempts page={page} attempts={delivery.attempts} timeZone={timeZone} />
            )}
          </div>
          <section class="card stack" aria-labelledby="sprawa">
            <h2 id="sprawa">{t('backoffice.matter')}</h2>
            <dl class="kv one">
              <dt>{t('backoffice.column.kind')}</dt>
              <dd>{kindText(page.staffTexts, delivery.kind)}</dd>
              <dt>{t('backoffice.webhookId')}</dt>
              <dd class="code">{delivery.entryId ?? delivery.id}</dd>
              <dt>{t('backoffice.column.settled')}</dt>
              <dd>{whenText(delivery.createdAt, timeZone)}</dd>
              {delivery.finishedAt && (
                <>
                  <dt>{t(`backoffice.delivery.${delivery.state}`)}</dt>
                  <dd>{whenText(delivery.finishedAt, timeZone)}</dd>
                </>
              )}
              {delivery.state === 'queued' && (
                <>
                  <dt>{t('backoffice.column.next')}</dt>
                  <dd>
                    {endpoint.pausedBy ? t('backoffice.next.resumed') : whenText(delivery.dueAt, timeZone)}
                  </dd>
                </>
              )}
            </dl>
            {error && (
              <div class="n n-warn">
                <Icon name="alert" size={20} />
                <p>
                  {t(`backoffice.error.${error}`)} {t(`backoffice.fix.${error}`)}
                </p>
              </div>
            )}
            {mayReplay(delivery) && (
              <form method="post" action={deliveryAddresses(delivery.id).replay} class="stack">
                {delivery.state === 'delivered' && <p class="small muted">{t('backoffice.again.hint')}</p>}
                <p>
                  <button class="b b-go">
                    {t(delivery.state === 'queued' ? 'backoffice.again.now' : 'backoffice.again')}
                  </button>
                </p>
              </form>
            )}
          </section>
        </div>
      </main>
    </StaffFrame>
  )
}

const Attempts = ({
  page,
  attempts,
  timeZone,
}: {
  page: StaffPage
  attempts: readonly ListedAttempt[]
  timeZone: string
}) => {
  const { t } = page.staffTexts
  return (
    <div class="scroll" tabIndex={0} role="region" aria-labelledby="proby">
      <table class="t">
        <thead>
          <tr>
            <th scope="col">{t('backoffice.column.at')}</th>
            <th scope="col">{t('backoffice.column.result')}</th>
            <th scope="col" class="num">
              {t('backoffice.column.duration')}
            </th>
            <th scope="col">{t('backoffice.column.excerpt')}</th>
          </tr>
        </thead>
        <tbody>
          {attempts.map((attempt) => (
            <tr key={attempt.id}>
              <td class="nowrap">{whenText(attempt.at, timeZone)}</td>
              <td>{resultText(page.staffTexts, attempt)}</td>
              <td class="num nowrap">{t('backoffice.milliseconds', { n: attempt.durationMs })}</td>
              <td class="code">{attempt.excerpt ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
