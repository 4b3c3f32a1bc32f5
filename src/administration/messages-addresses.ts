import { messagesPath } from '../staff/staff-places'

export const deadLettersPath = `${messagesPath}/niewyslane`
export const retryPath = `${deadLettersPath}/ponow`

export const messageAddresses = (id: string) => {
  const page = `${messagesPath}/${id}`
  return { page, resend: `${page}/wyslij` }
}

/** Everything that was sent about one visit. */
export const messagesOfVisit = (number: string): string => `${messagesPath}?numer=${number}`
