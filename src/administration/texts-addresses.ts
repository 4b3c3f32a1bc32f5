import { settingsPath } from '../staff/staff-places'

export const textsPath = `${settingsPath}/teksty`

export const textsAddresses = {
  message: (name: string, language: string) => `${textsPath}/wiadomosc/${name}/${language}`,
  messageVersion: (name: string, language: string, version: number | string) =>
    `${textsPath}/wiadomosc/${name}/${language}/wersja/${version}`,
  messageWithdraw: (name: string, language: string, version: number | string) =>
    `${textsPath}/wiadomosc/${name}/${language}/wersja/${version}/wycofaj`,
  legal: (kind: string) => `${textsPath}/prawne/${kind}`,
  legalVersion: (kind: string, version: string) => `${textsPath}/prawne/${kind}/wersja/${version}`,
  legalWithdraw: (kind: string, version: string) => `${textsPath}/prawne/${kind}/wersja/${version}/wycofaj`,
  institution: `${textsPath}/instytucja`,
  institutionVersion: (version: number | string) => `${textsPath}/instytucja/wersja/${version}`,
}
