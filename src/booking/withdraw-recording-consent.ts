import type { Directory } from '../institution/directory'
import { appendAudit } from '../audit/append-audit'
import { inTransaction, type Db } from '../platform/db'
import { type Cancellation, cancelLockedVisit } from './cancel-visit'
import { forgetOffers } from './offer-cache'
import { mayWithdrawRecording } from './recording-consent'
import { endRecordingConsent, lockVisit } from './visit-store'

export type Withdrawal =
  { ok: true; cancelled: boolean } | { ok: false; reason: 'not_given' | 'too_late' | 'unknown' }

/**
 * The client takes the consent to the recording back: where it is required the visit is cancelled, where it
 * is optional it takes place unrecorded. Only before the officer calls in.
 */
export async function withdrawRecordingConsent(
  db: Db,
  withdrawal: Omit<Cancellation, 'by' | 'reason'> & { directory: Pick<Directory, 'recordingPolicy'> },
): Promise<Withdrawal> {
  const { visitId, now, directory, queue, bus } = withdrawal
  const done = await inTransaction(db, async (tx) => {
    const visit = await lockVisit(tx, visitId)
    if (!visit) return { ok: false, reason: 'unknown' } as const
    if (!visit.recording_consent) return { ok: false, reason: 'not_given' } as const
    const policy = directory.recordingPolicy(visit.topic_id)
    if (!mayWithdrawRecording(visit, policy, now)) return { ok: false, reason: 'too_late' } as const

    const cancelled = policy === 'required'
    if (cancelled) {
      const cancellation = await cancelLockedVisit(tx, visit, { ...withdrawal, by: 'client' })
      if (!cancellation.ok) return { ok: false, reason: 'too_late' } as const
    }
    await endRecordingConsent(tx, visit.id, now)
    await appendAudit(tx, {
      at: now,
      actor: { kind: 'client' },
      action: 'recording.consent_withdrawn',
      subject: { kind: 'visit', id: visit.id },
      branchId: visit.branch_id,
    })
    if (!cancelled) {
      await bus.publish(tx, { topic: `visit:${visit.id}`, body: {} })
      await bus.publish(tx, { topic: `desk:${visit.branch_id}`, body: visit.id })
    }
    return { ok: true, cancelled, branchId: visit.branch_id } as const
  })
  if (!done.ok) return done
  if (done.cancelled) {
    forgetOffers(db, done.branchId)
    queue.wake()
  }
  return { ok: true, cancelled: done.cancelled }
}
