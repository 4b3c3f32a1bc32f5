import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { cookieOptions } from '../../platform/http/cookies'
import { sendPage } from '../../platform/http/page'
import { accountPath, addFactorPath, addPasskeyPaths, codesPath, removeFactorPath } from '../door-paths'
import { enter } from '../enter'
import { addPasskey, askNewPasskey } from '../factor/add-passkey'
import { addTotp, offeredSeed, offerSeed } from '../factor/add-totp'
import { type FactorKind } from '../factor/add-factor'
import { readFactors } from '../factor/factor-store'
import { makeRecoveryCodes } from '../factor/make-recovery-codes'
import { relyingParty } from '../factor/relying-party'
import { removeFactor } from '../factor/remove-factor'
import { seedAddress } from '../factor/totp'
import { formText, parseJson } from '../form-text'
import { nextPage, withNext } from '../next-page'
import { accountPage } from '../pages/account-page'
import { addFactorPage } from '../pages/add-factor-page'
import { recoveryCodesPage } from '../pages/recovery-codes-page'
import { requireSession } from '../require-session'
import { staffPageOf } from '../staff-page'
import type { StaffServices } from '../staff-services'
import { staffCookie } from '../staff-session'
import { shownOf } from './account-routes'
import { readAccount } from './account-store'

/** A person's own second factors and recovery codes; also the first one, before anything else is open. */
export function registerFactorRoutes(app: FastifyInstance, services: StaffServices): void {
  const { db, clock, keys, publicUrl, queue } = services
  const { secondFactor } = services.config.signIn
  const rateLimit = { max: 30, timeWindow: '1 minute' }
  const party = relyingParty(publicUrl, services.translators.pl.t('ui.serviceName'))

  /** Second factors of who signs in elsewhere are kept there. */
  const ownOnly = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { byProvider } = await readAccount(db, request.staff.id)
    if (byProvider) await reply.redirect(accountPath, 303)
  }
  const adding = [requireSession(services, { stages: ['set_up', 'open'], fresh: true }), ownOnly]
  const own = [requireSession(services, { stages: ['open'], fresh: true }), ownOnly]

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { next, error }: { next: string | undefined; error?: 'wrong' | 'old' },
    keptOffer?: { seed: string; sealed: string },
  ) => {
    const { staff, stage } = request.staffSession
    const { totpSince } = await readFactors(db, staff.id)
    const offer = keptOffer ?? offerSeed(keys, staff.id, clock.now())
    const address = seedAddress(offer.seed, { issuer: party.name, label: staff.email })
    const shown = {
      first: stage === 'set_up',
      offer: totpSince ? null : { ...offer, address },
      next,
      ...(error && { error }),
    }
    return sendPage(reply, addFactorPage(services, shown), error ? 422 : 200)
  }

  /** A factor was added: who was on the way in is in now. @returns where to go on */
  const goOn = async (
    request: FastifyRequest,
    reply: FastifyReply,
    way: FactorKind,
    next: string | undefined,
  ): Promise<string> => {
    queue.wake()
    const session = request.staffSession
    const { codesLeft } = await readFactors(db, session.staff.id)
    if (session.stage === 'set_up') {
      const token = await enter(db, { session, way, now: clock.now() })
      reply.setCookie(staffCookie, token, cookieOptions(publicUrl))
    }
    return codesLeft === 0 ? withNext(codesPath, next) : `${accountPath}?zapisano=factor`
  }

  app.get(addFactorPath, { preHandler: adding }, (request, reply) =>
    show(request, reply, { next: nextPage((request.query as Record<string, unknown>).dalej) }),
  )

  app.post(addFactorPath, { preHandler: adding, config: { rateLimit } }, async (request, reply) => {
    const now = clock.now()
    const staffId = request.staff.id
    const next = nextPage(formText(request.body, 'dalej'))
    const sealed = formText(request.body, 'oferta')
    const seed = offeredSeed(keys, staffId, sealed, now)
    if (seed === undefined) return show(request, reply, { next, error: 'old' })
    const result = await addTotp(db, { staffId, seed, code: formText(request.body, 'kod'), now, keys })
    // The same code to scan: the app may have it already
    if (!result.ok) return show(request, reply, { next, error: 'wrong' }, { seed, sealed })
    return reply.redirect(await goOn(request, reply, 'totp', next), 303)
  })

  app.post(addPasskeyPaths.ask, { preHandler: adding, config: { rateLimit } }, async (request, reply) => {
    const { id: sessionId, staff } = request.staffSession
    const options = await askNewPasskey(db, { sessionId, staff, party, now: clock.now() })
    return reply.send({ ok: true, options })
  })

  app.post(addPasskeyPaths.answer, { preHandler: adding, config: { rateLimit } }, async (request, reply) => {
    const { id: sessionId, staff } = request.staffSession
    const result = await addPasskey(db, {
      ...{ sessionId, staff, party, now: clock.now() },
      name: formText(request.body, 'nazwa'),
      answer: parseJson(formText(request.body, 'odpowiedz')),
    })
    if (!result.ok) return reply.code(422).send(result)
    const to = await goOn(request, reply, 'passkey', nextPage(formText(request.body, 'dalej')))
    return reply.send({ ok: true, to })
  })

  app.post(removeFactorPath, { preHandler: own }, async (request, reply) => {
    const result = await removeFactor(db, {
      staffId: request.staff.id,
      factor: formText(request.body, 'skladnik'),
      required: secondFactor,
      now: clock.now(),
    })
    if (!result.ok) {
      const shown = await shownOf(services, request, { error: result.reason })
      return sendPage(reply, accountPage(staffPageOf(services, request), shown), 422)
    }
    queue.wake()
    return reply.redirect(`${accountPath}?zapisano=factorRemoved`, 303)
  })

  app.get(codesPath, { preHandler: own }, async (request, reply) => {
    const next = nextPage((request.query as Record<string, unknown>).dalej)
    const { codesLeft: left } = await readFactors(db, request.staff.id)
    return sendPage(reply, recoveryCodesPage(services, { left, next }))
  })

  app.post(codesPath, { preHandler: own }, async (request, reply) => {
    const codes = await makeRecoveryCodes(db, { staffId: request.staff.id, now: clock.now(), keys })
    const next = nextPage(formText(request.body, 'dalej'))
    if (!codes) return reply.redirect(addFactorPath, 303)
    return sendPage(reply, recoveryCodesPage(services, { left: codes.length, codes, next }))
  })
}
