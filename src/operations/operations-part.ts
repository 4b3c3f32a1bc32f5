import type { VNode } from 'preact'

/** One thing that the operations page tells of, with what is wrong with it and what to do. */
export interface OperationsPart {
  /** Id of its heading. */
  id: string
  title: string
  /** Said above the details, loudest first. */
  notices: readonly { tone: 'bad' | 'info'; text: string; fix?: string }[]
  details: VNode | null
}
