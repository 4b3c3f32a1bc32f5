import { meetingStanding } from '../../src/visit/meeting-standing'
import type { VisitState } from '../../src/contract/visit-state'
import type { Participant } from '../../src/contract/signalling'

/** Everybody who comes to the visit of the model: two officers and their supervisor stand for the desk. */
export const people = ['client', 'guardian', 'interpreter', 'ewa', 'jan', 'boss'] as const
export type Person = (typeof people)[number]
export const staffPeople = ['ewa', 'jan', 'boss'] as const
export type StaffPerson = (typeof staffPeople)[number]

export const isStaff = (person: Person): person is StaffPerson =>
  (staffPeople as readonly Person[]).includes(person)
export const participantOf = (person: Person): Participant => (isStaff(person) ? 'officer' : person)

export interface ModelPage {
  name: string
  person: Person
  tab: string
  /** In the room; otherwise only told how the visit stands. */
  present: boolean
  ready: boolean
}

/** What a page that is opened gets. */
export type Opened = 'in' | 'elsewhere' | 'refused' | 'impostor'

const minutes = (count: number) => count * 60_000
/** Of `take-over.ts`. */
const onTheWay = 30_000

/**
 * What the rules say of one visit's room, in a few lines and without a database: the server is held against it
 * after every step. Who may be in the room, what may be said, and what each act does or refuses.
 */
export class RoomModel {
  state: VisitState = 'booked'
  reason: string | null = null
  officer: StaffPerson | null = null
  startedAt = 0
  linksRevoked = false
  interpreterInvited = false
  /** Withdrawn invitations: an older link stays dead. */
  withdrawals = 0
  warnings = 0
  chat = 0
  readonly pages: ModelPage[] = []

  now: Date
  readonly startsAt: Date
  readonly endsAt: Date

  constructor(now: Date, startsAt: Date, endsAt: Date) {
    this.now = now
    this.startsAt = startsAt
    this.endsAt = endsAt
  }

  get inCall(): boolean {
    return this.state === 'in_progress'
  }
  get present(): ModelPage[] {
    return this.pages.filter(({ present }) => present)
  }
  private get active(): boolean {
    return this.state === 'booked' || this.state === 'waiting' || this.inCall
  }
  private standing() {
    const facts = {
      state: this.state,
      state_reason: this.reason,
      starts_at: this.startsAt,
      ends_at: this.endsAt,
    }
    return meetingStanding(facts, this.now, 15)
  }
  /** Whether the person's link or session opens a socket at all. */
  private isLetIn(person: Person): boolean {
    if (isStaff(person)) return true
    if (this.linksRevoked) return false
    return person !== 'interpreter' || this.interpreterInvited
  }

  open(page: ModelPage, take: boolean): { outcome: Opened; replaced: ModelPage[] } {
    const { person } = page
    const nobody = { replaced: [] }
    if (!this.isLetIn(person)) return { outcome: 'refused', ...nobody }
    const mayBePresent = isStaff(person) ? this.inCall && this.officer === person : this.standing() === 'open'
    if (!mayBePresent) {
      this.pages.push(page)
      return { outcome: 'in', ...nobody }
    }
    const mine = (one: ModelPage) => participantOf(one.person) === participantOf(person)
    if (this.present.some((one) => !mine(one) && one.name === page.name))
      return { outcome: 'impostor', ...nobody }
    const replaced = this.present.filter(mine)
    if (!take && replaced.some(({ tab }) => tab !== page.tab)) return { outcome: 'elsewhere', ...nobody }
    for (const one of replaced) this.remove(one)
    page.present = true
    this.pages.push(page)
    if (person === 'client' && this.state === 'booked') this.state = 'waiting'
    return { outcome: 'in', replaced }
  }

  remove(page: ModelPage): void {
    const at = this.pages.indexOf(page)
    if (at >= 0) this.pages.splice(at, 1)
  }

  /** @returns whether it is allowed */
  setReady(page: ModelPage, ready: boolean): boolean {
    if (!page.present || !this.inCall) return false
    page.ready = ready
    return true
  }

  /** Who gets what one page says to another: both must take part in the call that goes on. */
  receiverOf(from: ModelPage, to: string): ModelPage | undefined {
    const takesPart = ({ present, ready }: ModelPage) => this.inCall && present && ready
    if (!takesPart(from)) return undefined
    return this.pages.find((page) => page !== from && page.name === to && takesPart(page))
  }

  say(page: ModelPage): boolean {
    if (!page.present || !this.inCall) return false
    this.chat++
    return true
  }

  private conducts(staff: StaffPerson): boolean {
    return this.officer === null || this.officer === staff || staff === 'boss'
  }

  callIn(staff: StaffPerson): boolean {
    if (this.inCall) return this.officer === staff
    if (this.state !== 'waiting') return false
    this.state = 'in_progress'
    this.officer = staff
    this.startedAt = this.now.getTime()
    return true
  }

  release(staff: StaffPerson): boolean {
    if (!this.conducts(staff) || !this.inCall) return false
    this.state = 'waiting'
    this.officer = null
    for (const page of this.present) {
      page.ready = false
      if (isStaff(page.person)) page.present = false
    }
    return true
  }

  end(staff: StaffPerson): boolean {
    if (!this.conducts(staff) || !this.inCall) return false
    this.state = 'completed'
    return true
  }

  warn(staff: StaffPerson): boolean {
    if (!this.conducts(staff) || !this.inCall) return false
    this.warnings++
    return true
  }

  /** @returns whether it is allowed, and the pages that are shut out */
  takeOver(staff: StaffPerson): { ok: boolean; shutOut: ModelPage[] } {
    if (!this.inCall) return { ok: false, shutOut: [] }
    if (this.officer === staff) return { ok: true, shutOut: [] }
    const officers = this.present.filter(({ person }) => isStaff(person))
    const isHere = officers.length > 0 || this.now.getTime() - this.startedAt < onTheWay
    if (isHere && staff !== 'boss') return { ok: false, shutOut: [] }
    this.officer = staff
    for (const page of officers) this.remove(page)
    return { ok: true, shutOut: officers }
  }

  /** @returns whether it is allowed, and the pages whose link has ended */
  invite(staff: StaffPerson, isInvited: boolean): { ok: boolean; ended: ModelPage[] } {
    if (!this.conducts(staff) || !this.active) return { ok: false, ended: [] }
    if (!isInvited && this.interpreterInvited) this.withdrawals++
    this.interpreterInvited = isInvited
    return { ok: true, ended: isInvited ? [] : this.shutPagesOf(({ person }) => person === 'interpreter') }
  }

  revoke(): ModelPage[] {
    this.linksRevoked = true
    return this.shutPagesOf(({ person }) => !isStaff(person))
  }

  private shutPagesOf(which: (page: ModelPage) => boolean): ModelPage[] {
    const shut = this.pages.filter(which)
    for (const page of shut) this.remove(page)
    return shut
  }

  cancel(): boolean {
    if (this.startsAt <= this.now || (this.state !== 'booked' && this.state !== 'waiting')) return false
    this.state = 'cancelled'
    this.reason = 'client'
    return true
  }

  miss(by: 'client' | 'institution'): boolean {
    if (this.now < this.startsAt || (this.state !== 'booked' && this.state !== 'waiting')) return false
    if (by === 'client' && this.present.some(({ person }) => person === 'client')) return false
    this.state = 'missed'
    this.reason = by
    return true
  }

  /** The job that says of visits that are long over what became of them. */
  closeOverdue(): void {
    const over = (by: number) => this.now.getTime() >= this.endsAt.getTime() + minutes(by)
    if (this.state === 'booked' && over(0)) [this.state, this.reason] = ['missed', 'client']
    else if (this.state === 'waiting' && over(30)) [this.state, this.reason] = ['missed', 'institution']
    else if (this.inCall && over(60) && this.present.length === 0)
      [this.state, this.reason] = ['ended_early', 'time_over']
  }
}
