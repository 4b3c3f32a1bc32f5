import { statisticsPath } from '../staff/staff-places'
import { queryOf, type StatisticsFilter } from './statistics-filter'

/** Name of the file with every day, branch and topic. */
export const dailyName = 'dni'

export const statisticsAddress = (filter: StatisticsFilter): string => `${statisticsPath}?${queryOf(filter)}`

/** Address of a figure's table as CSV. */
export const csvAddress = (name: string, filter: StatisticsFilter): string =>
  `${statisticsPath}/${name}.csv?${queryOf(filter)}`
