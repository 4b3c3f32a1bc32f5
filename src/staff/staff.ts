/** What a person of the institution may be. */
export const staffRoles = ['officer', 'supervisor', 'administrator', 'inspector'] as const
export type StaffRole = (typeof staffRoles)[number]

/** A signed-in person of the institution; `branchId` null means all branches. */
export interface Staff {
  id: number
  name: string
  email: string
  role: StaffRole
  branchId: number | null
  /** Topics whose visits this person conducts. */
  topicIds: number[]
}

export const isStaffRole = (text: string): text is StaffRole =>
  (staffRoles as readonly string[]).includes(text)
