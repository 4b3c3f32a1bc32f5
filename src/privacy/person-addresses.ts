import { personPath } from '../staff/staff-places'

/** Names of the fields of the forms. */
export const fields = {
  key: 'osoba',
  reason: 'powod',
  visit: 'wizyta',
  ground: 'podstawa',
  understood: 'rozumiem',
} as const

/** What has just been done in a case, as its address says. */
const done = { usunieto: 'erased', odwolano: 'cancelled' } as const
export type CaseDone = (typeof done)[keyof typeof done]

export const doneIn = (query: unknown): CaseDone | undefined => {
  const { stalo } = query as { stalo?: unknown }
  return stalo === 'usunieto' || stalo === 'odwolano' ? done[stalo] : undefined
}

/** Where the pages of a case are. */
export const caseAddresses = (caseId: string) => {
  const page = `${personPath}/${caseId}`
  return {
    page,
    done: (what: keyof typeof done) => `${page}?stalo=${what}`,
    export: `${page}/eksport`,
    take: (exportId: string) => `${page}/eksport/${exportId}`,
    erase: `${page}/usun`,
    cancel: (visitId: string) => `${page}/odwolaj/${visitId}`,
    consents: (visitId: string) => `${page}/zgody/${visitId}`,
  }
}
