import type { Branch, Topic } from '../institution/directory'
import type { StaffTranslator } from '../platform/i18n/translator'
import { formText, formTexts } from '../staff/form-text'
import { isStaffRole, type StaffRole } from '../staff/staff'
import type { FormError } from '../ui/error-summary'

/** The form of an account as it was typed. */
export interface TypedPerson {
  name: string
  email: string
  role: string
  /** Code of the branch, or `*`. */
  branch: string
  topics: readonly string[]
}

/** The same in our words. */
export interface ReadPerson {
  name: string
  email: string
  role: StaffRole
  branchId: number | null
  topicIds: number[]
}

export const allBranches = '*'
const longest = { name: 100, email: 254 }

export const typedPerson = (body: unknown): TypedPerson => ({
  name: formText(body, 'nazwa').trim(),
  email: formText(body, 'email').trim(),
  role: formText(body, 'rola'),
  branch: formText(body, 'oddzial'),
  topics: formTexts(body, 'temat'),
})

/** Checks the form; `asksEmail`: of a new account. */
export function readPersonForm(
  { t }: StaffTranslator,
  typed: TypedPerson,
  known: { branches: readonly Branch[]; topics: readonly Topic[]; asksEmail: boolean },
): { ok: true; person: ReadPerson } | { ok: false; errors: FormError[] } {
  const branch = known.branches.find(({ code }) => code === typed.branch)
  const { role } = typed
  const wrong = {
    nazwa: typed.name === '' || typed.name.length > longest.name,
    email: known.asksEmail && (!/^[^\s@]+@[^\s@]+$/.test(typed.email) || typed.email.length > longest.email),
    rola: !isStaffRole(role),
    oddzial: !branch && typed.branch !== allBranches,
  }
  const texts = {
    nazwa: t('people.field.name.error'),
    email: t('people.field.email.error'),
    rola: t('people.field.role.error'),
    oddzial: t('people.field.branch.error'),
  }
  const errors = (['nazwa', 'email', 'rola', 'oddzial'] as const)
    .filter((field) => wrong[field])
    .map((field) => ({ field, text: texts[field] }))
  if (errors.length > 0 || !isStaffRole(role)) return { ok: false, errors }
  const { name, email } = typed
  const topicIds = known.topics.filter(({ code }) => typed.topics.includes(code)).map(({ id }) => id)
  return { ok: true, person: { name, email, role, branchId: branch?.id ?? null, topicIds } }
}
