import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Branch } from '../institution/directory'
import { readChannelHealth } from '../message/channel-watch-store'
import { findDeadLetters, retryDeadLetters } from '../message/dead-letters'
import { findMessages, type ListedMessage, readMessage } from '../message/find-messages'
import { mayResend, type MessageResent, resendMessage } from '../message/resend-message'
import { badInput, notFound } from '../platform/http/http-error'
import { sendPage } from '../platform/http/page'
import { may } from '../staff/may'
import type { Staff } from '../staff/staff'
import { requireAction } from '../staff/require-action'
import { staffPageOf } from '../staff/staff-page'
import { messagesPath } from '../staff/staff-places'
import type { AdministrationServices } from './administration-services'
import { deadLettersPath, messageAddresses, retryPath } from './messages-addresses'
import { readMessageFilter } from './messages-filter'
import { deadLettersPage } from './pages/dead-letters-page'
import { messagePage } from './pages/message-page'
import { messagesPage } from './pages/messages-page'

/** Messages to clients: what was sent, what could not be, and sending it again. */
export function registerMessagesRoutes(app: FastifyInstance, services: AdministrationServices): void {
  const { db, clock, keys, directory, queue } = services
  const preHandler = requireAction(services, 'see_messages')

  const branchesOf = (staff: Staff): readonly Branch[] =>
    directory.branches.filter(({ id }) => may(staff, 'see_messages', id))
  /** Null for who sees all branches, those that are closed, too. */
  const scopeOf = (staff: Staff): number[] | null => (staff.branchId === null ? null : [staff.branchId])

  app.get(messagesPath, { preHandler }, async (request, reply) => {
    const now = clock.now()
    const { timeZone } = directory.institution
    const branches = branchesOf(request.staff)
    const read = readMessageFilter(request.query, { branches, timeZone, now })
    if (!read) throw badInput()
    const { typed, day, cursor, error } = read
    const { branch, ...filter } = read.filter
    const scope = scopeOf(request.staff)
    const branchIds = branch ? [branch.id] : scope
    const [found, health, causes] = await Promise.all([
      error
        ? { messages: [], older: false, newer: false }
        : findMessages(db, keys, { ...filter, branchIds }, cursor),
      readChannelHealth(db, now),
      findDeadLetters(db, { branchIds: scope, now }),
    ])
    const page = messagesPage(staffPageOf(services, request), {
      ...{ branches, typed, day, error, found, health, timeZone, now },
      dead: causes.reduce((sum, { count }) => sum + count, 0),
      branchName: (id) => directory.branchById(id)?.name ?? '',
    })
    return sendPage(reply, page, error ? 422 : 200)
  })

  app.get(deadLettersPath, { preHandler }, async (request, reply) => {
    const causes = await findDeadLetters(db, { branchIds: scopeOf(request.staff), now: clock.now() })
    const retried = z.coerce.number().int().min(0).max(1e9).optional().catch(undefined)
    const { ponowione } = request.query as { ponowione?: unknown }
    const page = deadLettersPage(staffPageOf(services, request), {
      causes,
      retried: retried.parse(ponowione) ?? null,
      timeZone: directory.institution.timeZone,
    })
    return sendPage(reply, page)
  })

  const causeSchema = z.object({ kanal: z.enum(['email', 'sms']), powod: z.string().max(500) })
  app.post(retryPath, { preHandler }, async (request, reply) => {
    const cause = causeSchema.safeParse(request.body)
    if (!cause.success) throw badInput()
    const { kanal: channel, powod: error } = cause.data
    const { staff } = request
    const act = { staffId: staff.id, now: clock.now() }
    const count = await retryDeadLetters(db, { channel, error, branchIds: scopeOf(staff) }, act)
    queue.wake()
    return reply.redirect(`${deadLettersPath}?ponowione=${count}`, 303)
  })

  /** The message of the address, if it is of a branch of this person's; else it does not exist for them. */
  const messageOf = async (request: FastifyRequest): Promise<ListedMessage> => {
    const id = z.uuid().safeParse((request.params as { id: string }).id)
    const message = id.success ? await readMessage(db, keys, id.data) : undefined
    if (!message || !may(request.staff, 'see_messages', message.branchId)) throw notFound()
    return message
  }

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    message: ListedMessage,
    refused?: Extract<MessageResent, { ok: false }>,
  ): Promise<FastifyReply> => {
    const { wyslano } = request.query as { wyslano?: unknown }
    const page = messagePage(staffPageOf(services, request), {
      message,
      branch: directory.branchById(message.branchId)?.name ?? '',
      resend: refused ?? (await mayResend(db, message.id, clock.now())),
      copyId: randomUUID(),
      refused: refused !== undefined,
      resent: wyslano === 'tak',
      timeZone: directory.institution.timeZone,
    })
    return sendPage(reply, page, refused ? 409 : 200)
  }

  app.get(messageAddresses(':id').page, { preHandler }, async (request, reply) =>
    show(request, reply, await messageOf(request)),
  )

  app.post(messageAddresses(':id').resend, { preHandler }, async (request, reply) => {
    const message = await messageOf(request)
    const id = z.uuid().safeParse((request.body as { id?: unknown } | undefined)?.id)
    if (!id.success) throw badInput()
    const act = { id: id.data, staffId: request.staff.id, now: clock.now() }
    const resent = await resendMessage(db, { messageId: message.id, ...act })
    if (!resent.ok) return show(request, reply, message, resent)
    queue.wake()
    return reply.redirect(`${messageAddresses(id.data).page}?wyslano=tak`, 303)
  })
}
