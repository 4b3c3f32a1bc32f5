import { personPath } from '../staff/staff-places'

/** Names of the fields of the forms. */
export const fields = {
  key: 'osoba',
  reason: 'powod',
  visit: 'wizyta',
  ground: 'podstawa',
  understood: 'rozumiem',
} as const

/** Where the pages of a case are. */
export const caseAddresses = (caseId: string) => {
  const page = `${personPath}/${caseId}`
  return {
    page,
    export: `${page}/eksport`,
    take: (exportId: string) => `${page}/eksport/${exportId}`,
    erase: `${page}/usun`,
    cancel: (visitId: string) => `${page}/odwolaj/${visitId}`,
    consents: (visitId: string) => `${page}/zgody/${visitId}`,
  }
}
