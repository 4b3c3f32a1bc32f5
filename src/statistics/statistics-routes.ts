import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Directory } from '../institution/directory'
import { badInput, notFound } from '../platform/http/http-error'
import { sendPage } from '../platform/http/page'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import { dayOf } from '../platform/zone'
import { sendNotAllowed, staffPageOf, type StaffPageServices } from '../staff/staff-page'
import { statisticsPath } from '../staff/staff-places'
import { requireStaff } from '../staff/staff-session'
import { makeFigures } from './figures/figures'
import { statisticsPage, uncountedPage } from './pages/statistics-page'
import { countedBranches, readStatistics } from './read-statistics'
import { dailyName } from './statistics-addresses'
import { dailyCsv, tableCsv } from './statistics-csv'
import { type ReadFilter, readFilter, type StatisticsFilter } from './statistics-filter'

export interface StatisticsServices extends StaffPageServices {
  db: Db
  clock: Clock
  directory: Directory
}

/** The figures of the institution or a branch: a page, and each of its tables as CSV. */
export function registerStatisticsRoutes(app: FastifyInstance, services: StatisticsServices): void {
  const { db, clock, directory, staffTexts } = services
  const preHandler = requireStaff(services)

  const filterOf = ({ staff, query }: FastifyRequest): ReadFilter => {
    const branches = countedBranches(staff, directory)
    const today = dayOf(clock.now(), directory.institution.timeZone)
    const filter = readFilter(query, { branches, topics: directory.topics, today })
    if (!filter) throw badInput()
    return filter
  }
  const isAllowed = ({ staff }: FastifyRequest) => countedBranches(staff, directory).length > 0
  const read = (request: FastifyRequest, filter: StatisticsFilter) =>
    readStatistics(db, { staff: request.staff, filter, directory, now: clock.now() })

  app.get(statisticsPath, { preHandler }, async (request, reply) => {
    if (!isAllowed(request)) return sendNotAllowed(services, request, reply)
    const filter = filterOf(request)
    const choices = {
      branches: countedBranches(request.staff, directory),
      topics: directory.topics,
      timeZone: directory.institution.timeZone,
    }
    const page = staffPageOf(services, request)
    // Figures of other days than those asked for would be taken for them
    if (filter.period === null) return sendPage(reply, uncountedPage(page, { ...choices, filter }), 422)
    const statistics = await read(request, filter)
    if (!statistics) return sendNotAllowed(services, request, reply)
    const figures = makeFigures.flatMap((make) => make(statistics, staffTexts) ?? [])
    return sendPage(reply, statisticsPage(page, { ...choices, filter, statistics, figures }))
  })

  app.get(`${statisticsPath}/:name.csv`, { preHandler }, async (request, reply) => {
    if (!isAllowed(request)) return sendNotAllowed(services, request, reply)
    const { name } = request.params as { name: string }
    const filter = filterOf(request)
    if (filter.period === null) throw badInput()
    if (name === dailyName) {
      const csv = await dailyCsv(db, { staff: request.staff, filter, directory, texts: staffTexts })
      return csv === undefined
        ? sendNotAllowed(services, request, reply)
        : sendCsv(reply, { csv, name, filter })
    }
    const statistics = await read(request, filter)
    if (!statistics) return sendNotAllowed(services, request, reply)
    for (const make of makeFigures) {
      const figure = make(statistics, staffTexts)
      if (figure?.name === name) return sendCsv(reply, { csv: tableCsv(figure.table), name, filter })
    }
    throw notFound()
  })
}

const sendCsv = (
  reply: FastifyReply,
  { csv, name, filter: { period } }: { csv: string; name: string; filter: StatisticsFilter },
): FastifyReply =>
  reply
    .headers({
      'cache-control': 'no-store',
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}-${period.from}-${period.to}.csv"`,
    })
    .send(csv)
