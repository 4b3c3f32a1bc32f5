import { settingsPath } from '../staff/staff-places'

export const areasPath = `${settingsPath}/obszary`

export const areasAddresses = {
  download: `${areasPath}/pobierz`,
  check: (id: string) => `${areasPath}/sprawdzenie/${id}`,
  apply: (id: string) => `${areasPath}/sprawdzenie/${id}/zatwierdz`,
  problems: (id: string) => `${areasPath}/sprawdzenie/${id}/bledy`,
  version: (version: number | string) => `${areasPath}/wersja/${version}`,
  versionDownload: (version: number | string) => `${areasPath}/wersja/${version}/pobierz`,
  restore: (version: number | string) => `${areasPath}/wersja/${version}/przywroc`,
}

export const fileField = 'plik'
