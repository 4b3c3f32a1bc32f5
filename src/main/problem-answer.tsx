import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AnswerProblem, RequestProblem } from '../platform/http/server'
import type { Translator } from '../platform/i18n/translator'
import { sendPage } from '../platform/http/page'
import type { Language } from '../texts/catalogue'
import { errorPage, type ErrorKind } from '../ui/error-page'

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

/** Says what went wrong: JSON to programs, a page in the person's language to people. */
export function problemAnswer(translators: Record<Language, Translator>): AnswerProblem {
  return (request, reply, problem) => {
    if (problem.minutes !== undefined) reply.header('retry-after', String(problem.minutes * 60))
    if (wantsJson(request)) return answerJson(reply, problem)
    return sendPage(
      reply,
      errorPage({
        t: translators[request.language],
        language: request.language,
        kind: kinds[problem.code],
        ...(problem.minutes !== undefined && { minutes: problem.minutes }),
        ...(problem.incident !== undefined && { incident: problem.incident }),
      }),
      problem.status,
    )
  }
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
