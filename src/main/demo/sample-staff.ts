/** Accounts of the demonstration; nothing of this exists with production configuration. */
export const samplePassword = 'wizyta-na-probe'

export const sampleStaff = [
  { email: 'ewa.maj@example.org', name: 'Ewa Maj', role: 'officer', branch: 'POKAZ' },
  { email: 'tomasz.sowa@example.org', name: 'Tomasz Sowa', role: 'officer', branch: 'POKAZ' },
  { email: 'anna.gil@example.org', name: 'Anna Gil', role: 'officer', branch: 'WAW2' },
  { email: 'jan.lis@example.org', name: 'Jan Lis', role: 'supervisor', branch: 'WAW2' },
] as const
