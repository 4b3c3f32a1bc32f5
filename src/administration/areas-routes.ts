import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import multipart from '@fastify/multipart'
import { z } from 'zod'
import { applyAreas, type ApplyRefusal } from '../institution/areas/apply-areas'
import { areaEffect, type Areas } from '../institution/areas/area-effect'
import { areasCsv } from '../institution/areas/area-export'
import { areasOfCode } from '../institution/areas/area-of-code'
import {
  currentVersion,
  listVersions,
  readBranches,
  readCurrentAreas,
  readImport,
  readVersion,
} from '../institution/areas/areas-store'
import { checkAreaFile, checkAreaVersion, dryRunHours, lostBranches } from '../institution/areas/check-areas'
import { defaultFileLimits } from '../institution/areas/read-area-file'
import { safeCsv } from '../institution/areas/safe-csv'
import { parsePostalCode } from '../institution/postal-code'
import { notFound } from '../platform/http/http-error'
import { sendPage } from '../platform/http/page'
import { requireActionEverywhere } from '../staff/require-action'
import { staffPageOf } from '../staff/staff-page'
import type { AdministrationServices } from './administration-services'
import { areasAddresses, areasPath, fileField } from './areas-addresses'
import { areasCheckPage } from './pages/areas-check-page'
import { areasPage, type TestedCode } from './pages/areas-page'
import { areasVersionPage } from './pages/areas-version-page'
import { problemWords } from './pages/areas-problems'

const refusalStatus: Record<ApplyRefusal, number> = {
  not_found: 404,
  has_errors: 422,
  changed: 409,
  branch_lost: 422,
}

/** Which branch serves which postal code: files read in, dry runs, versions, a code tested by hand. */
export async function registerAreasRoutes(
  app: FastifyInstance,
  services: AdministrationServices,
): Promise<void> {
  const { db, bus, clock, directory, staffTexts } = services
  const preHandler = requireActionEverywhere(services, 'administer')
  // In this scope alone: nowhere else does anybody send a file. What is too much is counted, not kept
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { files: 1, fields: 5, fileSize: defaultFileLimits.bytes + 1 },
  })

  const namesOfBranches = async () => {
    const names = new Map((await readBranches(db)).map(({ code, name }) => [code, name]))
    return (code: string) => names.get(code) ?? code
  }

  const showList = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { typed, fileMissing = false }: { typed?: string | undefined; fileMissing?: boolean } = {},
  ) => {
    const [versions, areas, nameOf] = await Promise.all([
      listVersions(db),
      readCurrentAreas(db),
      namesOfBranches(),
    ])
    const tested = typed === undefined ? undefined : await testCode(typed)
    const { gapCodesAfter } = areaEffect(areas, areas)
    const { timeZone } = directory.institution
    const shown = {
      versions,
      areaCount: areas.size,
      gapCodes: gapCodesAfter,
      tested,
      fileMissing,
      nameOf,
      timeZone,
    }
    const isWrong = fileMissing || tested?.found === 'wrong'
    return sendPage(reply, areasPage(staffPageOf(services, request), shown), isWrong ? 422 : 200)
  }
  const testCode = async (typed: string): Promise<TestedCode> => {
    const code = parsePostalCode(typed)
    return { typed, found: code === undefined ? 'wrong' : { code, areas: await areasOfCode(db, code) } }
  }

  app.get(areasPath, { preHandler }, (request, reply) => {
    const { kod } = request.query as { kod?: unknown }
    return showList(request, reply, { typed: typeof kod === 'string' ? kod.slice(0, 40) : undefined })
  })

  app.post(areasPath, { preHandler }, async (request, reply) => {
    const file = request.isMultipart() ? await request.file() : undefined
    // A form sent without a file has an empty one without a name
    const name = file?.filename
    if (!file || file.fieldname !== fileField || !name) {
      file?.file.resume()
      return showList(request, reply, { fileMissing: true })
    }
    const bytes = file.file.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>
    const { id } = await checkAreaFile(db, { name, bytes }, by(request))
    // What is no longer read must still arrive, or the browser would not listen to the answer
    file.file.resume()
    return reply.redirect(areasAddresses.check(id), 303)
  })

  const by = (request: FastifyRequest) => ({ staffId: request.staff.id, now: clock.now() })

  app.get(areasAddresses.check(':id'), { preHandler }, (request, reply) => showCheck(request, reply))

  const showCheck = async (request: FastifyRequest, reply: FastifyReply, refusal?: ApplyRefusal) => {
    const run = await readImport(db, idOf(request), clock.now())
    if (!run) throw notFound()
    const [current, version, branches, nameOf] = await Promise.all([
      readCurrentAreas(db),
      currentVersion(db),
      readBranches(db),
      namesOfBranches(),
    ])
    const page = areasCheckPage(staffPageOf(services, request), {
      run,
      version,
      effect: areaEffect(current, run.areas),
      lost: lostBranches(run.areas, branches),
      expiresAt: new Date(run.checkedAt.getTime() + dryRunHours * 3_600_000),
      refusal,
      nameOf,
      timeZone: directory.institution.timeZone,
    })
    return sendPage(reply, page, refusal ? refusalStatus[refusal] : 200)
  }

  app.post(areasAddresses.apply(':id'), { preHandler }, async (request, reply) => {
    const { wersja } = (request.body ?? {}) as { wersja?: unknown }
    const seenVersion = typeof wersja === 'string' && /^\d{1,9}$/.test(wersja) ? Number(wersja) : -1
    const applied = await applyAreas(db, { id: idOf(request), seenVersion, ...by(request), bus })
    if (!applied.ok) {
      if (applied.reason === 'not_found') throw notFound()
      return showCheck(request, reply, applied.reason)
    }
    await directory.refresh()
    return reply.redirect(`${areasAddresses.version(applied.version)}?zapisano=tak`, 303)
  })

  app.get(areasAddresses.problems(':id'), { preHandler }, async (request, reply) => {
    const run = await readImport(db, idOf(request), clock.now())
    if (!run) throw notFound()
    const { t } = staffTexts
    const head = [t('admin.areas.column.line'), t('admin.areas.column.value')]
    const rows = run.problems.map((problem) => {
      const { what, mend } = problemWords(staffTexts, problem)
      return [String(problem.line), problem.value ?? '', what, mend]
    })
    const csv = safeCsv([[...head, t('admin.areas.column.what'), t('admin.areas.column.mend')], ...rows])
    return sendCsv(reply, 'bledy.csv', csv)
  })

  const sendAreas = async (reply: FastifyReply, version: number, areas: Areas) =>
    sendCsv(reply, `obszary-${version}.csv`, areasCsv(areas, await namesOfBranches()))

  app.get(areasAddresses.download, { preHandler }, async (_request, reply) =>
    sendAreas(reply, await currentVersion(db), await readCurrentAreas(db)),
  )

  app.get(areasAddresses.versionDownload(':version'), { preHandler }, async (request, reply) => {
    const version = await versionOf(request)
    return sendAreas(reply, version.version ?? 0, version.areas)
  })

  app.get(areasAddresses.version(':version'), { preHandler }, async (request, reply) => {
    const shown = await versionOf(request)
    const { z, zapisano } = request.query as { z?: unknown; zapisano?: unknown }
    const versions = await listVersions(db)
    const own = shown.version ?? 0
    const wanted = typeof z === 'string' ? Number(z) : own - 1
    const other = versions.some(({ version }) => version === wanted)
      ? await readVersion(db, wanted)
      : undefined
    const page = areasVersionPage(staffPageOf(services, request), {
      ...{ version: own, versions, isApplied: zapisano !== undefined },
      compared: other && { version: wanted, effect: areaEffect(other.areas, shown.areas) },
      nameOf: await namesOfBranches(),
      timeZone: directory.institution.timeZone,
    })
    return sendPage(reply, page)
  })

  app.post(areasAddresses.restore(':version'), { preHandler }, async (request, reply) => {
    const checked = await checkAreaVersion(db, numberOf(request), by(request))
    if (!checked.ok) throw notFound()
    return reply.redirect(areasAddresses.check(checked.id), 303)
  })

  const versionOf = async (request: FastifyRequest) => {
    const version = await readVersion(db, numberOf(request))
    if (!version) throw notFound()
    return version
  }
}

const idOf = (request: FastifyRequest): string => {
  const id = z.uuid().safeParse((request.params as { id?: unknown }).id)
  if (!id.success) throw notFound()
  return id.data
}

const numberOf = (request: FastifyRequest): number => {
  const { version } = request.params as { version: string }
  if (!/^[1-9]\d{0,8}$/.test(version)) throw notFound()
  return Number(version)
}

const sendCsv = (reply: FastifyReply, name: string, csv: string): FastifyReply =>
  reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')
    .send(csv)
