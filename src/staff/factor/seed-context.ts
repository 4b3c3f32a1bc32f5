/** What the seed of an authenticator app is sealed for. */
export const seedContext = (staffId: number): string => `staff.totp:${staffId}`
