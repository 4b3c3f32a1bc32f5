import { useRef, useState } from 'preact/hooks'
import type { DeskCallAddress, DeskCallBoot } from '../../contract/desk-call-boot'
import type { Settlement } from '../../contract/settlement'
import { sendForm } from './send-form'
import { createSequence } from './sequence'

/** What the visit has settled, and the way to change it. */
export interface SettlementDesk {
  settlement: Settlement
  /** Why what was sent to one of these was refused last; empty while all is well. */
  problem(of: readonly DeskCallAddress[]): string
  /** Name of the field at fault. */
  field: string
  busy: boolean
  /** Of the present invitation. */
  interpreterLink: string
  /** In the order of the presses. @returns whether it was done */
  send(address: DeskCallAddress, fields: Record<string, string> | [string, string][]): Promise<boolean>
}

export function useSettlement(boot: DeskCallBoot, offline: string): SettlementDesk {
  const [settlement, setSettlement] = useState(boot.settlement)
  const [problem, setProblem] = useState<{ message: string; field: string; at: DeskCallAddress | null }>({
    message: '',
    field: '',
    at: null,
  })
  const [interpreterLink, setInterpreterLink] = useState(boot.interpreterLink)
  const [busy, setBusy] = useState(false)
  const inSequence = useRef(createSequence()).current
  return {
    settlement,
    problem: (of) => (problem.at !== null && of.includes(problem.at) ? problem.message : ''),
    field: problem.field,
    busy,
    interpreterLink,
    async send(address, fields) {
      setBusy(true)
      const answer = await inSequence(() => sendForm(boot.addresses[address], new URLSearchParams(fields)))
      setBusy(false)
      if (answer?.ok !== true) {
        setProblem({ message: answer?.message ?? offline, field: answer?.field ?? '', at: address })
        return false
      }
      setProblem({ message: '', field: '', at: null })
      if (answer.settlement) setSettlement(answer.settlement)
      if (answer.interpreterLink !== undefined) setInterpreterLink(answer.interpreterLink)
      return true
    },
  }
}
