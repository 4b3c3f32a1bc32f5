import type { Directory } from '../institution/directory'
import { byteOrderMark, csvLine } from '../platform/csv'
import type { Db } from '../platform/db'
import type { StaffTranslator } from '../platform/i18n/translator'
import type { Staff } from '../staff/staff'
import { countVisits } from './count-visits'
import { aheadOf } from './counted'
import type { FigureTable } from './figures/figure'
import { countedIn } from './read-statistics'
import type { StatisticsFilter } from './statistics-filter'
import { readDaily, readNames } from './statistics-store'

/** A figure's table as a file for spreadsheets. */
export const tableCsv = ({ columns, rows }: FigureTable): string =>
  byteOrderMark + [columns, ...rows].map((cells) => csvLine(cells)).join('')

/** Every day, branch and topic in a line of its own, for those who reckon on; undefined when it may not be seen. */
export async function dailyCsv(
  db: Db,
  {
    staff,
    filter,
    directory,
    texts: { t },
  }: { staff: Staff; filter: StatisticsFilter; directory: Directory; texts: StaffTranslator },
): Promise<string | undefined> {
  const branches = countedIn(staff, filter, directory)
  if (!branches) return undefined
  await countVisits(db, { timeZone: directory.institution.timeZone, most: 1 })
  const { period: range, topic } = filter
  const [names, rows] = await Promise.all([
    readNames(db),
    readDaily(db, { branches, topicId: topic?.id ?? null, range }),
  ])
  return tableCsv({
    columns: [
      t('stats.step.day'),
      t('stats.column.branch'),
      t('stats.column.topic'),
      t('stats.booked'),
      t('stats.column.completed'),
      t('stats.column.endedEarly'),
      t('stats.column.cancelledByClient'),
      t('stats.column.cancelledByInstitution'),
      t('stats.column.missedByClient'),
      t('stats.column.missedByInstitution'),
      t('stats.ahead'),
    ],
    rows: rows.map((row) => [
      row.day,
      names.branches.get(row.branchId) ?? '',
      names.topics.get(row.topicId) ?? '',
      row.booked,
      row.completed,
      row.endedEarly,
      row.cancelledByClient,
      row.cancelledByInstitution,
      row.missedByClient,
      row.missedByInstitution,
      aheadOf(row),
    ]),
  })
}
