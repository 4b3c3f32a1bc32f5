import { smsDate, timeOnButton } from '../../platform/i18n/dates'

/** An instant in a table: '29.12.2026, 09:25'. */
export const whenText = (instant: Date, timeZone: string): string =>
  `${smsDate(instant, 'pl', timeZone)}, ${timeOnButton(instant, timeZone)}`
