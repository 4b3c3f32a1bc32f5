export const replanningPath = '/pracownik/przeplanowanie'
export const undoPath = `${replanningPath}/cofnij`

/** Address of a branch's touched visits. */
export const replanningAddress = ({ code }: { code: string }): string => `${replanningPath}?oddzial=${code}`
