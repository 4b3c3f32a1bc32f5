import type { StaffTranslator } from '../platform/i18n/translator'
import { bytesWords } from './ages'
import type { OperationsNotice, OperationsPart } from './operations-part'
import { Facts } from './pages/facts'
import { type Disk, isFull } from './read-machine'

/** From here on reminders and claims on time go by different clocks. */
const largestSkewMilliseconds = 1000

/** The clocks and the disks. */
export function machinePart(
  { t }: StaffTranslator,
  { skew, disks }: { skew: number; disks: readonly Disk[] },
): Omit<OperationsPart, 'id' | 'title'> {
  const seconds = (Math.abs(skew) / 1000).toFixed(1).replace('.', ',')
  const notices: OperationsNotice[] = [
    ...(Math.abs(skew) > largestSkewMilliseconds
      ? [{ tone: 'bad' as const, text: t('ops.clock.bad', { seconds }), fix: t('ops.clock.fix') }]
      : []),
    ...disks.filter(isFull).map(({ folder, free }): OperationsNotice => ({
      tone: 'bad',
      text: t('ops.disk.full', { folder, free: bytesWords(free) }),
      fix: t('ops.disk.fix'),
    })),
  ]
  return {
    notices,
    details: (
      <Facts
        rows={[
          [t('ops.clock'), t('ops.clock.value', { seconds })],
          ...disks.map(
            ({ folder, free, size }) =>
              [folder, t('ops.disk.value', { free: bytesWords(free), size: bytesWords(size) })] as const,
          ),
        ]}
      />
    ),
  }
}
