export const replanningPath = '/pracownik/przeplanowanie'
export const undoPath = `${replanningPath}/cofnij`
export const absencePath = `${replanningPath}/nieobecnosc`
export const takeBackPath = `${absencePath}/odwolaj`

/** Address of a branch's touched visits. */
export const replanningAddress = ({ code }: { code: string }): string => `${replanningPath}?oddzial=${code}`
