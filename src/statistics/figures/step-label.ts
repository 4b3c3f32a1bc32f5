import type { Day } from '../../platform/zone'
import type { Step } from '../period'

/** What stands under a column or a point: '5.10', of a month '10.26'. */
export const stepLabel = (day: Day, step: Step): string => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  return step === 'month'
    ? `${String(month).padStart(2, '0')}.${String(year).slice(2)}`
    : `${date}.${String(month).padStart(2, '0')}`
}
