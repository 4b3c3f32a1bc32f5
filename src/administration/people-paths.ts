import { settingsPath } from '../staff/staff-places'

export const peoplePath = `${settingsPath}/pracownicy`
export const newPersonPath = `${peoplePath}/nowy`
/** Addresses of one account; `id` may be ':id' of a route. */
export const personPaths = (id: number | string) =>
  ({
    page: `${peoplePath}/${id}`,
    close: `${peoplePath}/${id}/zamknij`,
    reopen: `${peoplePath}/${id}/otworz`,
    factors: `${peoplePath}/${id}/skladniki`,
    signOut: `${peoplePath}/${id}/wyloguj`,
    invite: `${peoplePath}/${id}/zaproszenie`,
  }) as const
