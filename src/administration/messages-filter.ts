import { z } from 'zod'
import { parseVisitNumber } from '../booking/visit-number'
import type { Branch } from '../institution/directory'
import { type MessageCursor, type MessageFilter, messageStates } from '../message/find-messages'
import { channelOf, type MessageKind } from '../message/message-plan'
import { addDays, type Day, dayOf, instantAt, isDay } from '../platform/zone'

const names = ['oddzial', 'dzien', 'rodzaj', 'stan', 'numer'] as const
export type TypedMessageFilter = Record<(typeof names)[number], string>

export const messageKinds = Object.keys(channelOf) as MessageKind[]

interface ReadMessageFilter {
  /** As typed; today where nothing was asked for. */
  typed: TypedMessageFilter
  /** The day shown; null for all days. */
  day: Day | null
  filter: Omit<MessageFilter, 'branchIds'> & { branch: Branch | null }
  cursor: MessageCursor | null
  error: 'number' | null
}

/** A place in the list as it stands in an address: an instant and the id of a message. */
export const cursorText = ({ at, id }: Pick<MessageCursor, 'at' | 'id'>): string =>
  `${at.toISOString()}_${id}`

function readCursor(given: unknown, towards: MessageCursor['towards']): MessageCursor | null {
  const [at = '', id = ''] = typeof given === 'string' ? given.split('_') : []
  const known = z.object({ at: z.iso.datetime(), id: z.uuid() }).safeParse({ at, id })
  return known.success ? { at: new Date(known.data.at), id: known.data.id, towards } : null
}

/**
 * The filter of the list's address; undefined when it names what this person cannot choose. Without anything
 * asked for it is today; a visit's number is looked for on all days.
 */
export function readMessageFilter(
  query: unknown,
  { branches, timeZone, now }: { branches: readonly Branch[]; timeZone: string; now: Date },
): ReadMessageFilter | undefined {
  const given = (query ?? {}) as Record<string, unknown>
  const typed = Object.fromEntries(
    names.map((name) => {
      const value = given[name]
      return [name, typeof value === 'string' ? value.trim().slice(0, 100) : '']
    }),
  ) as TypedMessageFilter
  if (names.every((name) => given[name] === undefined)) typed.dzien = dayOf(now, timeZone)
  const branch = branches.find(({ code }) => code === typed.oddzial)
  const kind = messageKinds.find((one) => one === typed.rodzaj)
  const state = messageStates.find((one) => one === typed.stan)
  const known =
    (typed.oddzial === '' || branch) &&
    (typed.rodzaj === '' || kind) &&
    (typed.stan === '' || state) &&
    (typed.dzien === '' || isDay(typed.dzien))
  if (!known) return undefined
  const visitNumber = typed.numer === '' ? null : (parseVisitNumber(typed.numer) ?? null)
  const day = typed.dzien === '' || visitNumber !== null ? null : typed.dzien
  return {
    typed,
    day,
    filter: {
      branch: branch ?? null,
      from: day === null ? null : instantAt(day, '00:00', timeZone),
      until: day === null ? null : instantAt(addDays(day, 1), '00:00', timeZone),
      kind: kind ?? null,
      state: state ?? null,
      visitNumber,
    },
    cursor: readCursor(given.po, 'older') ?? readCursor(given.przed, 'newer'),
    error: typed.numer !== '' && visitNumber === null ? 'number' : null,
  }
}
