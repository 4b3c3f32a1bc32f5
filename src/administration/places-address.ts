export const branchesPath = '/pracownik/ustawienia/oddzialy'
export const branchStatePath = `${branchesPath}/stan`
export const branchDesksPath = `${branchesPath}/stanowiska`
export const topicsPath = '/pracownik/ustawienia/tematy'
export const countriesPath = '/pracownik/ustawienia/kraje'
export const certificatesPath = '/pracownik/ustawienia/zaswiadczenia'
export const rulesPath = '/pracownik/ustawienia/zasady-rezerwacji'
export const horizonPath = `${rulesPath}/horyzont`

/** One of a list, by its code; 'nowy' for one that is to be added. */
export const oneOf = (path: string, code: string): string => `${path}/${encodeURIComponent(code)}`
export const newOne = 'nowy'
