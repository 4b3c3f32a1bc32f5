/** Addresses of the way in, and of a person's own account. */
export const provePath = '/pracownik/drugi-skladnik'
export const provePasskeyPaths = { ask: `${provePath}/pytanie`, answer: `${provePath}/klucz` } as const
export const resetPath = '/pracownik/haslo'
export const accountPath = '/pracownik/konto'
export const ownPasswordPath = `${accountPath}/haslo`
export const sessionsPath = `${accountPath}/sesje`
export const addFactorPath = `${accountPath}/drugi-skladnik`
export const removeFactorPath = `${addFactorPath}/usun`
export const addPasskeyPaths = { ask: `${addFactorPath}/pytanie`, answer: `${addFactorPath}/klucz` } as const
export const codesPath = `${accountPath}/kody`
