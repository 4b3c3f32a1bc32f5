/** Where the officer's day sends what those who wait are told. */
export const presenceAddresses = { late: '/pracownik/spoznienie', break: '/pracownik/przerwa' } as const
