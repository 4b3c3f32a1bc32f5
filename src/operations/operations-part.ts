import type { VNode } from 'preact'
import type { StaffTranslator } from '../platform/i18n/translator'

/** One thing that the operations page tells of, with what is wrong with it and what to do. */
export interface OperationsPart {
  /** Id of its heading. */
  id: string
  title: string
  /** Said above the details, loudest first. */
  notices: readonly OperationsNotice[]
  details: VNode | null
}

export interface OperationsNotice {
  tone: 'bad' | 'info'
  text: string
  /** What to do about it, and where that is described. */
  fix?: string
  /** A page of ours on which it is done. */
  link?: { path: string; text: string }
}

/** The page answers in a few seconds, whatever hangs. */
export const patienceMilliseconds = 4000

const tooLate = Symbol('too late')

/** The part that `measure` makes; one that says so when it takes too long or cannot be measured. */
export async function measuredPart(
  { t }: StaffTranslator,
  { id, title }: Pick<OperationsPart, 'id' | 'title'>,
  measure: () => Promise<Omit<OperationsPart, 'id' | 'title'>>,
): Promise<OperationsPart> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<typeof tooLate>((resolve) => {
    timer = setTimeout(resolve, patienceMilliseconds, tooLate)
  })
  const bad = (text: string): OperationsPart => ({
    id,
    title,
    notices: [{ tone: 'bad', text }],
    details: null,
  })
  try {
    const measured = await Promise.race([measure(), limit])
    if (measured === tooLate) return bad(t('ops.late', { seconds: patienceMilliseconds / 1000 }))
    return { id, title, ...measured }
  } catch (error) {
    return bad(t('ops.failed', { reason: error instanceof Error ? error.message : String(error) }))
  } finally {
    clearTimeout(timer)
  }
}
