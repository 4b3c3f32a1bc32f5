import { appendAudit } from '../audit/append-audit'
import type { AuditAction, AuditDetails } from '../audit/audit-action'
import type { Tx } from '../platform/db'

/** Who changes something about an endpoint, and when. */
export interface Act {
  staffId: number
  now: Date
}

/** Writes down what a person did to an endpoint, in the transaction in which it was done. */
export const auditEndpoint = (
  tx: Tx,
  endpointId: string,
  action: Extract<AuditAction, `endpoint.${string}` | `delivery.${string}`>,
  { staffId, now, details }: Act & { details?: AuditDetails },
): Promise<void> =>
  appendAudit(tx, {
    at: now,
    actor: { kind: 'staff', staffId },
    action,
    subject: { kind: 'endpoint', id: endpointId },
    ...(details && { details }),
  })
