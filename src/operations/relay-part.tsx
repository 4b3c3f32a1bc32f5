import type { TurnConfig } from '../config/config'
import type { StaffTranslator } from '../platform/i18n/translator'
import { Icon } from '../ui/icons'
import type { RelayFinding } from '../visit/check-relay'
import type { OperationsPart } from './operations-part'

/** What is to be said of the relay servers of calls. */
export function relayPart(
  { t }: StaffTranslator,
  turn: TurnConfig | undefined,
  findings: readonly RelayFinding[],
): Omit<OperationsPart, 'id' | 'title'> {
  const works = findings.some(({ state }) => state === 'answers')
  const notices: OperationsPart['notices'] =
    findings.length === 0
      ? [{ tone: 'bad', text: t('admin.noTurn'), fix: t('ops.relay.none.fix') }]
      : [
          ...(works ? [] : [{ tone: 'bad' as const, text: t('ops.relay.bad') }]),
          ...(turn?.officerRelayOnly ? [{ tone: 'info' as const, text: t('ops.relay.officersOnly') }] : []),
        ]
  return {
    notices,
    details:
      findings.length === 0 ? null : (
        <table class="t">
          <thead>
            <tr>
              <th scope="col">{t('ops.relay.address')}</th>
              <th scope="col">{t('ops.relay.state')}</th>
            </tr>
          </thead>
          <tbody>
            {findings.map(({ url, state }) => (
              <tr key={url} data-relay={state}>
                <td>{url}</td>
                <td>
                  <Icon name={state === 'answers' ? 'done' : 'alert'} size={20} /> {t(`ops.relay.${state}`)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ),
  }
}
