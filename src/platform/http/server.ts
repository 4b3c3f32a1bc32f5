import type { IncomingMessage } from 'node:http'
import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import rateLimit from '@fastify/rate-limit'
import websocket from '@fastify/websocket'
import Fastify, { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Language } from '../../texts/catalogue'
import type { Logger } from '../logger'
import { HttpError, type HttpErrorCode } from './http-error'
import { splitLanguage } from './localized-path'
import { isSameOrigin } from './same-origin'
import { permissionsPolicy, securityHeaders } from './security-headers'

declare module 'fastify' {
  interface FastifyRequest {
    /** From the address: '/en/…', '/uk/…', Polish without a prefix. */
    language: Language
  }
}

export interface HttpSettings {
  /** Without a trailing slash. */
  publicUrl: string
  trustProxy: boolean
  rateLimits: boolean
  /** Route prefixes whose pages may use camera, microphone and screen. */
  cameraRoutes: readonly string[]
  /** Prefixes called by programs, not by pages: no cookie counts there, so no Origin is asked for. */
  programRoutes: readonly string[]
}

/** What went wrong with a request, for the page or JSON that tells the person. */
export interface RequestProblem {
  code: HttpErrorCode | 'broken'
  status: number
  /** Minutes to wait, for too_many and unavailable. */
  minutes?: number
  /** Ties what the person saw to a line in the log. */
  incident?: string
  /** What is wrong with which field of an API request. */
  fields?: { field: string; message: string }[]
}

export type AnswerProblem = (request: FastifyRequest, reply: FastifyReply, problem: RequestProblem) => unknown

/** Nearly as small as the best level at a tenth of its time; what never changes is compressed at build time. */
const fastBrotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }

/** Everything that crosses the wire is bounded: a form is small, an SDP is a few kB. */
const bodyLimitBytes = 64 * 1024
/** Of a socket, for those that carry recordings; a socket that takes less says so itself. */
const largestMessageBytes = 2 * 1024 * 1024
const requestsPerMinute = 600

/**
 * A Fastify instance with what every page and every API call needs: language, security headers, CSRF
 * defence, rate limits, logs without personal data, and one place that answers problems.
 */
export async function createHttpServer(
  settings: HttpSettings,
  log: Logger,
  answerProblem: AnswerProblem,
): Promise<FastifyInstance> {
  const languages = new WeakMap<IncomingMessage, Language>()
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    // One hop: what stands before the balancer's own entry in X-Forwarded-For anybody may have written
    trustProxy: settings.trustProxy && ((_address, hop) => hop === 0),
    bodyLimit: bodyLimitBytes,
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    rewriteUrl: (request) => {
      const { language, path } = splitLanguage(request.url ?? '/')
      languages.set(request, language)
      return path
    },
    genReqId: () => crypto.randomUUID(),
    // A logger made for each request costs more than the few lines that name their request themselves
    childLoggerFactory: (logger) => logger,
  }) as unknown as FastifyInstance

  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.decorateRequest('language', {
    getter(this: FastifyRequest) {
      return languages.get(this.raw) ?? 'pl'
    },
  })

  // First of all: it ends the sockets of refused upgrades, but only those that its own hook has seen
  await app.register(websocket, {
    options: { maxPayload: largestMessageBytes },
    errorHandler: (error, socket, request) => {
      // What a page sends is no fault of ours, and must not fill the log: frames too large, lines torn off
      const isOurs = !/^(WS_ERR_|ECONNRESET$|EPIPE$)/.test((error as NodeJS.ErrnoException).code ?? '')
      if (isOurs) log.error({ reqId: request.id, error }, 'a socket failed')
      socket.terminate()
    },
  })
  addSecurity(app, settings)
  await app.register(compress, { encodings: ['br', 'gzip'], threshold: 1024, brotliOptions: fastBrotli })
  await app.register(cookie)
  await app.register(formbody, { bodyLimit: bodyLimitBytes })
  await app.register(rateLimit, {
    global: settings.rateLimits,
    max: requestsPerMinute,
    timeWindow: '1 minute',
    allowList: (request: FastifyRequest) => !settings.rateLimits || request.url.startsWith('/static/'),
    errorResponseBuilder: () => new HttpError('too_many'),
  })

  app.addHook('onResponse', (request, reply, done) => {
    if (log.isLevelEnabled('info')) {
      const { id, method } = request
      // The pattern of the route, never the address: addresses hold link tokens
      const route = request.routeOptions.url ?? 'unknown'
      const ms = Math.round(reply.elapsedTime)
      log.info({ reqId: id, route, method, status: reply.statusCode, ms }, 'request')
    }
    done()
  })
  app.setNotFoundHandler((request, reply) =>
    answerProblem(request, reply, { code: 'not_found', status: 404 }),
  )
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error, request)
    if (problem.status >= 500) log.error({ reqId: request.id, error, incident: problem.incident }, 'failed')
    return answerProblem(request, reply, problem)
  })
  return app
}

/** Headers, and the refusal of what a page of another site sends in our name. */
function addSecurity(app: FastifyInstance, settings: HttpSettings): void {
  const { host } = new URL(settings.publicUrl)
  const headers = securityHeaders(settings.publicUrl)
  const withCamera = { ...headers, 'permissions-policy': permissionsPolicy(true) }
  const withoutCamera = { ...headers, 'permissions-policy': permissionsPolicy(false) }

  app.addHook('onRequest', (request, reply, done) => {
    const path = request.routeOptions.url ?? ''
    const isUnder = (prefix: string) => path.startsWith(prefix)
    reply.headers(settings.cameraRoutes.some(isUnder) ? withCamera : withoutCamera)
    const { method } = request
    const reads = method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
    const isHarmless = reads && request.headers.upgrade === undefined
    const mayCome =
      isHarmless ||
      settings.programRoutes.some(isUnder) ||
      isSameOrigin(request.headers, [request.host, host])
    done(mayCome ? undefined : new HttpError('foreign_origin'))
  })
}

/** Postgres keeps no NUL in a text, and no keyboard types one: somebody tries what happens. */
const nulInText = '22021'

/** Postgres and network errors that pass by themselves: connection refused, lost or being shut down. */
const passing = /^(ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|08|57P|53)/

function problemOf(error: unknown, request: FastifyRequest): RequestProblem {
  if (error instanceof HttpError)
    return { code: error.code, status: error.statusCode, ...(error.code === 'too_many' && { minutes: 1 }) }
  const { statusCode, code, validation } = error as {
    statusCode?: number
    code?: string
    validation?: { instancePath?: string; message?: string }[]
  }
  if (validation)
    return {
      code: 'bad_input',
      status: 400,
      fields: validation.map((issue) => ({
        field: (issue.instancePath ?? '').replace(/^\//, '').replaceAll('/', '.'),
        message: issue.message ?? 'is wrong',
      })),
    }
  if (statusCode === 429) return { code: 'too_many', status: 429, minutes: 1 }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return { code: 'bad_input', status: statusCode }
  if (code === nulInText) return { code: 'bad_input', status: 400 }
  if (code !== undefined && passing.test(code)) return { code: 'unavailable', status: 503, minutes: 1 }
  if (
    error instanceof Error &&
    /timeout exceeded when trying to connect|Connection terminated/.test(error.message)
  )
    return { code: 'unavailable', status: 503, minutes: 1 }
  return { code: 'broken', status: 500, incident: request.id.slice(0, 8) }
}
