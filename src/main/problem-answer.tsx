import type { VNode } from 'preact'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import type { AnswerProblem, RequestProblem } from '../platform/http/server'
import type { StaffTranslator, Translator } from '../platform/i18n/translator'
import { sendPage } from '../platform/http/page'
import { staffMessagePage } from '../staff/pages/staff-message-page'
import type { StaffPage } from '../staff/pages/staff-frame'
import type { Staff } from '../staff/staff'
import { staffOf } from '../staff/staff-session'
import type { Language } from '../texts/catalogue'
import { errorKeys, errorPage, type ErrorKind } from '../ui/error-page'

const kinds: Record<RequestProblem['code'], ErrorKind> = {
  not_found: 'notFound',
  forbidden: 'forbidden',
  bad_input: 'badInput',
  foreign_origin: 'csrf',
  too_many: 'tooMany',
  unavailable: 'unavailable',
  broken: 'broken',
}

const apiMessages: Record<RequestProblem['code'], string> = {
  not_found: 'There is nothing at this address.',
  forbidden: 'This is not allowed.',
  bad_input: 'The request is not what this address takes; see /api/v1/openapi.json.',
  foreign_origin: 'Requests from pages of other sites are refused.',
  too_many: 'Too many requests. Wait and try again.',
  unavailable: 'The service is unavailable for a moment. What was acknowledged is safe.',
  broken: 'Something went wrong on our side. What was acknowledged is safe.',
}

/** What it takes to know who of the staff asks. */
interface StaffParts {
  staffTexts: StaffTranslator
  db: Db
  clock: Clock
}

/** Says what went wrong: JSON to programs, a page in their language to people, in its own frame to the staff. */
export function problemAnswer(translators: Record<Language, Translator>, parts?: StaffParts): AnswerProblem {
  const answer = (
    request: FastifyRequest,
    reply: FastifyReply,
    { problem, staff }: { problem: RequestProblem; staff: Staff | undefined },
  ) =>
    sendPage(
      reply,
      staff && parts
        ? staffProblemPage({ staffTexts: parts.staffTexts, texts: translators.pl, me: staff }, problem)
        : errorPage({
            t: translators[request.language],
            language: request.language,
            kind: kinds[problem.code],
            atDesk: isAtDesk(request),
            ...(problem.minutes !== undefined && { minutes: problem.minutes }),
            ...(problem.incident !== undefined && { incident: problem.incident }),
          }),
      problem.status,
    )

  return (request, reply, problem) => {
    if (problem.minutes !== undefined) reply.header('retry-after', String(problem.minutes * 60))
    if (wantsJson(request)) return answerJson(reply, problem)
    // Known once a page of the staff has let the person in
    const { staff } = request as { staff?: Staff }
    if (staff || !parts || !isAskedEarly(request, problem)) return answer(request, reply, { problem, staff })
    return staffOf(parts.db, request, parts.clock.now())
      .catch(() => undefined)
      .then((found) => answer(request, reply, { problem, staff: found }))
  }
}

const isAtDesk = ({ url }: FastifyRequest): boolean => /^\/pracownik(\/|$|\?)/.test(url)

/** Refused at an address of the staff before anybody looked who it is; what is only too much costs no look. */
const isAskedEarly = (request: FastifyRequest, { code }: RequestProblem): boolean =>
  isAtDesk(request) && request.headers.upgrade === undefined && (code === 'not_found' || code === 'bad_input')

const staffProblemPage = (page: StaffPage, { code, minutes = 1, incident }: RequestProblem): VNode => {
  const { t } = page.texts
  const key = errorKeys[kinds[code]]
  const message =
    code === 'not_found' ? page.staffTexts.t('desk.problem.notFound') : t(`error.${key}.body`, { n: minutes })
  return staffMessagePage(page, {
    ...{ message, heading: t(`error.${key}.title`) },
    ...(incident !== undefined && { more: page.staffTexts.t('desk.problem.incident', { incident }) }),
  })
}

const wantsJson = (request: FastifyRequest): boolean =>
  request.url.startsWith('/api/') || request.headers.accept === 'application/json'

function answerJson(reply: FastifyReply, problem: RequestProblem): FastifyReply {
  const { code, fields, incident } = problem
  return reply
    .code(problem.status)
    .header('content-type', 'application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .serializer((body: unknown) => JSON.stringify(body))
    .send({
      error: { code, message: apiMessages[code], ...(fields && { fields }), ...(incident && { incident }) },
    })
}
