import type { FastifyReply } from 'fastify'
import type { SignInForm } from './pages/sign-in-page'

/** What the door shows; the rest comes from the services. */
export type ShowDoor = (
  reply: FastifyReply,
  shown: Omit<SignInForm, 'idleMinutes'> & { wasIdle?: boolean },
  status?: number,
) => FastifyReply
