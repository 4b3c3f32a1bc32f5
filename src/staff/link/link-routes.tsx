import type { FastifyInstance, FastifyReply } from 'fastify'
import { sendPage } from '../../platform/http/page'
import { resetPath } from '../door-paths'
import { formText } from '../form-text'
import { newPasswordPage, spentLinkPage } from '../pages/new-password-page'
import { resetPage } from '../pages/reset-page'
import type { StaffServices } from '../staff-services'
import { doorPath } from '../staff-session'
import { askReset } from './ask-reset'
import { setPassword } from './set-password'
import { staffLinkPath, standingLink } from './staff-link'

/** Few need a link in a minute; a branch comes from one address. */
const rateLimit = { max: 20, timeWindow: '1 minute' }

/** A link to a new password is asked for by e-mail; invitations lead to the same page. */
export function registerLinkRoutes(app: FastifyInstance, services: StaffServices): void {
  // Without passwords there is nothing to set, and no address that would tell
  if (!services.config.signIn.passwords) return
  const { db, clock, keys, bus, queue } = services

  app.get(resetPath, (_request, reply) => sendPage(reply, resetPage(services, {})))

  app.post(resetPath, { config: { rateLimit } }, async (request, reply) => {
    const email = formText(request.body, 'email')
    if (email.trim() === '') return sendPage(reply, resetPage(services, { error: true }), 422)
    await askReset(db, { email, now: clock.now() })
    queue.wake()
    return sendPage(reply, resetPage(services, { sent: true }))
  })

  const sendSpent = (reply: FastifyReply) => sendPage(reply, spentLinkPage(services), 410)

  app.get(staffLinkPath(':token'), async (request, reply) => {
    const { token } = request.params as { token: string }
    const link = await standingLink(db, { token, keys, now: clock.now() })
    return link ? sendPage(reply, newPasswordPage(services, { link, token })) : sendSpent(reply)
  })

  app.post(staffLinkPath(':token'), { config: { rateLimit } }, async (request, reply) => {
    const { token } = request.params as { token: string }
    const now = clock.now()
    const password = formText(request.body, 'haslo')
    const result = await setPassword(db, { token, password, now, keys, bus })
    if (result.ok) {
      queue.wake()
      return reply.redirect(`${doorPath}?haslo=ustawione`, 303)
    }
    const link = await standingLink(db, { token, keys, now })
    if (result.reason === 'link' || !link) return sendSpent(reply)
    return sendPage(reply, newPasswordPage(services, { link, token, fault: result.reason }), 422)
  })
}
