import ical from 'ical-generator'

export interface CalendarVisit {
  id: string
  startsAt: Date
  endsAt: Date
  /** Raised by each move, so that a calendar replaces the old entry. */
  scheduleVersion: number
  summary: string
  description: string
}

/** A calendar entry of a visit (RFC 5545): what it is, when, its number; no link, no person. */
export const calendarFile = (visit: CalendarVisit, { host, now }: { host: string; now: Date }): string => {
  const calendar = ical({ prodId: { company: 'e-Wizyta', product: 'e-Wizyta' } })
  calendar.createEvent({
    id: `${visit.id}@${host}`,
    sequence: visit.scheduleVersion,
    start: visit.startsAt,
    end: visit.endsAt,
    stamp: now,
    summary: visit.summary,
    description: visit.description,
  })
  return calendar.toString()
}
