import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { VNode } from 'preact'
import {
  type Changed,
  changeDeclaration,
  changeLegalValues,
  type Changing,
  declarationOf,
  factsOf,
} from '../institution/change-shown'
import { readShown, type StoredShown } from '../institution/facts-store'
import { sendPage } from '../platform/http/page'
import { requireActionEverywhere } from '../staff/require-action'
import { staffPageOf } from '../staff/staff-page'
import type { AdministrationServices } from './administration-services'
import { declarationPage } from './pages/declaration-page'
import { factsPage } from './pages/facts-page'
import type { ShownForm } from './pages/shown-fields'
import { declarationPath, factsPath } from '../staff/staff-places'
import {
  type Fields,
  fieldsOf,
  fieldsOfBody,
  typedDeclaration,
  typedLegalValues,
  versionField,
} from './shown-form'

/** Texts in three languages; a letter of Ukrainian takes six bytes in a form. */
const formBytes = 512 * 1024

/** One of the two forms: where it lies, what it reads, and what it changes. */
interface Subject {
  path: string
  versionOf: (stored: StoredShown) => number
  /** What lies in the database, as the form's fields, and which values are samples. */
  fieldsOf: (stored: StoredShown) => Fields
  samplesOf: (stored: StoredShown) => string[]
  change: (fields: Fields, changing: Changing) => Promise<Changed>
  page: (form: ShownForm, state: { version: number; saved: boolean }) => VNode
}

const samplesIn = (place: string, values: Readonly<Record<string, { sample: boolean }>>): string[] =>
  Object.entries(values)
    .filter(([, { sample }]) => sample)
    .map(([name]) => `${place}${name}`)

/** What the institution says of itself, and its accessibility declaration. */
export function registerShownRoutes(app: FastifyInstance, services: AdministrationServices): void {
  const { db } = services
  registerSubject(app, services, {
    path: factsPath,
    versionOf: ({ factsVersion }) => factsVersion,
    fieldsOf: (stored) => fieldsOf(factsOf(stored).legalValues),
    samplesOf: (stored) => samplesIn('', factsOf(stored).legalValues),
    change: (fields, changing) => changeLegalValues(db, { ...changing, typed: typedLegalValues(fields) }),
    page: factsPage,
  })
  registerSubject(app, services, {
    path: declarationPath,
    versionOf: ({ declarationVersion }) => declarationVersion,
    fieldsOf: (stored) => fieldsOf(declarationOf(stored)),
    samplesOf: (stored) => {
      const { dates, values } = declarationOf(stored)
      return [...samplesIn('values.', values), ...(dates.sample ? ['dates'] : [])]
    },
    change: (fields, changing) => changeDeclaration(db, { ...changing, typed: typedDeclaration(fields) }),
    page: declarationPage,
  })
}

function registerSubject(app: FastifyInstance, services: AdministrationServices, subject: Subject): void {
  const { db, bus, clock, directory } = services
  const preHandler = requireActionEverywhere(services, 'administer')

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { typed, changed }: { typed?: Fields; changed?: Exclude<Changed, { ok: true }> } = {},
  ) => {
    const stored = await readShown(db)
    const storedFields = subject.fieldsOf(stored)
    const isMeanwhile = changed?.reason === 'changed_meanwhile'
    const form: ShownForm = {
      page: staffPageOf(services, request),
      fields: typed ?? storedFields,
      problems: changed?.reason === 'invalid' ? changed.problems : [],
      storedNow: isMeanwhile ? storedFields : null,
      samples: subject.samplesOf(stored),
    }
    const saved = !changed && (request.query as { zapisano?: unknown }).zapisano !== undefined
    const status = isMeanwhile ? 409 : changed ? 422 : 200
    return sendPage(reply, subject.page(form, { version: subject.versionOf(stored), saved }), status)
  }

  app.get(subject.path, { preHandler }, (request, reply) => show(request, reply))

  app.post(subject.path, { preHandler, bodyLimit: formBytes }, async (request, reply) => {
    const typed = fieldsOfBody(request.body)
    const changed = await subject.change(typed, {
      staffId: request.staff.id,
      now: clock.now(),
      bus,
      seenVersion: Number(typed[versionField]),
    })
    if (!changed.ok) return show(request, reply, { typed, changed })
    await directory.refresh()
    return reply.redirect(`${subject.path}?zapisano=1`, 303)
  })
}
