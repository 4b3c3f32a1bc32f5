import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { DataClass } from '../institution/kept-days'
import { missingPromises } from '../institution/promised-periods'
import { sendPage } from '../platform/http/page'
import { dayOf } from '../platform/zone'
import { requireActionEverywhere } from '../staff/require-action'
import { sendNotAllowed, staffPageOf } from '../staff/staff-page'
import { retentionPath } from '../staff/staff-places'
import { countDue } from './count-due'
import { retentionPage } from './pages/retention-page'
import type { PrivacyServices } from './privacy-services'
import { periodsAsTyped, type ReadPeriods, readPeriods } from './read-periods'
import { retentionRuns } from './retention-runs'
import { type Periods, periodsOf, periodsVersion, savePeriods } from './save-kept-days'

type Told = 'counted' | 'saved' | 'published' | 'changed'

/** How long each class of data is kept: what is over its time, what the job did, and to change it. */
export function registerRetentionRoutes(app: FastifyInstance, services: PrivacyServices): void {
  const { db, clock, bus, directory, demo } = services
  const preHandler = requireActionEverywhere(services, 'administer')

  app.get(retentionPath, { preHandler }, (request, reply) => {
    const { zapisano } = request.query as { zapisano?: unknown }
    const told = zapisano === 'teksty' ? 'published' : zapisano === 'tak' ? 'saved' : undefined
    return show(request, reply, { told })
  })

  app.post(retentionPath, { preHandler }, async (request, reply) => {
    const read = readPeriods(request.body, {
      topics: directory.topics.map(({ code }) => code),
      stored: directory.institution.settings.recordingKeptDays.topics,
    })
    if (!read.periods) return show(request, reply, { read, status: 422 })
    const { akcja, wersja } = request.body as Record<string, unknown>
    const { periods } = read
    const version = typeof wersja === 'string' ? wersja : ''
    if (akcja !== 'zapisz') return show(request, reply, { read, periods, version, told: 'counted' })
    const now = clock.now()
    const saved = await savePeriods(db, {
      staff: request.staff,
      ...{ periods, version, now, bus, institution: directory.institution },
    })
    if (saved.ok) {
      await directory.refresh()
      return reply.redirect(`${retentionPath}?zapisano=${saved.published.length > 0 ? 'teksty' : 'tak'}`, 303)
    }
    if (saved.reason === 'not_allowed') return sendNotAllowed(services, request, reply)
    await directory.refresh()
    return show(request, reply, { read, told: 'changed', status: 409 })
  })

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    shown: {
      read?: ReadPeriods
      periods?: Periods
      version?: string
      told?: Told | undefined
      status?: number
    },
  ): Promise<FastifyReply> => {
    const now = clock.now()
    const { timeZone, settings } = directory.institution
    const stored = periodsOf(settings)
    const counted = shown.periods ?? stored
    const page = retentionPage(staffPageOf(services, request), {
      typed: shown.read?.typed ?? periodsAsTyped(stored),
      topics: directory.topics,
      errors: shown.read?.errors ?? {},
      told: shown.told,
      version: shown.version ?? periodsVersion(stored),
      due: await countDue(db, { now, keptDays: counted.kept }),
      runs: await retentionRuns(db),
      // Only the demonstration has a mailbox
      hidden: new Set<DataClass>(demo ? [] : ['mailbox']),
      missing: missingPromises(directory, dayOf(now, timeZone)),
      longerTopics: directory.topics
        .filter(({ code }) => (settings.recordingKeptDays.topics[code] ?? 0) > stored.kept.visit)
        .map(({ texts }) => texts.pl.name),
      visitDays: Number(shown.read?.typed.visit ?? stored.kept.visit),
      timeZone,
    })
    return sendPage(reply, page, shown.status ?? 200)
  }
}
