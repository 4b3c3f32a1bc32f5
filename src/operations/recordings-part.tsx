import type { StaffTranslator } from '../platform/i18n/translator'
import type { RecordingTroubles } from '../recording/recording-troubles'
import { Icon } from '../ui/icons'
import type { OperationsPart } from './operations-part'

/** What is to be said of the recordings: the store that keeps them, and those whose files could not be made. */
export function recordingsPart(
  { t }: StaffTranslator,
  { store, unfinished }: RecordingTroubles,
): Omit<OperationsPart, 'id' | 'title'> {
  const count = unfinished.reduce((sum, one) => sum + one.count, 0)
  return {
    notices: [
      ...(store === undefined
        ? []
        : [
            {
              tone: 'bad' as const,
              text: t('ops.recordings.store.bad', { reason: store }),
              fix: t('ops.recordings.store.fix'),
            },
          ]),
      ...(count === 0
        ? []
        : [
            {
              tone: 'bad' as const,
              text: t('ops.recordings.unfinished', { n: count }),
              fix: t('ops.recordings.unfinished.fix'),
            },
          ]),
    ],
    details: (
      <>
        {store === undefined && (
          <p data-store="works">
            <Icon name="done" size={20} /> {t('ops.recordings.store.works')}
          </p>
        )}
        {count > 0 && (
          <table class="t">
            <thead>
              <tr>
                <th scope="col">{t('ops.recordings.code')}</th>
                <th scope="col">{t('ops.recordings.count')}</th>
              </tr>
            </thead>
            <tbody>
              {unfinished.map((one) => (
                <tr key={one.code} data-unfinished={one.code}>
                  <td>{one.code}</td>
                  <td>{one.count}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </>
    ),
  }
}
