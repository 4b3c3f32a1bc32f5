import type { Bus } from '../../platform/bus'
import { type Db, inTransaction } from '../../platform/db'
import type { Keys } from '../../platform/keys'
import { auditStaff } from '../audit-staff'
import { deleteProviderSessions } from '../session-store'
import { tellSessionsEnded } from '../staff-session'
import type { LoggedOut } from './logout-token'
import { identityHash, providerSessionHash } from './provider-hashes'

/**
 * Ends what hangs on a session that has ended at the identity provider. A token that names a person and no session
 * ends those that had begun when it was made: sent again later it does no harm to newer ones.
 */
export function endProviderSessions(
  db: Db,
  { loggedOut, keys, bus, now }: { loggedOut: LoggedOut; keys: Keys; bus: Bus; now: Date },
): Promise<void> {
  const { issuer, subject, session, at } = loggedOut
  const which =
    session === undefined
      ? { identityHash: identityHash(keys, issuer, subject ?? ''), before: at }
      : { sessionHash: providerSessionHash(keys, issuer, session) }
  return inTransaction(db, async (tx) => {
    const ended = await deleteProviderSessions(tx, which)
    const count = ended.length
    for (const staffId of new Set(ended.map((one) => one.staffId))) {
      await tellSessionsEnded(tx, bus, staffId)
      await auditStaff(tx, {
        action: 'staff.session_ended',
        about: staffId,
        by: 'system',
        now,
        details: { count, by: 'provider' },
      })
    }
  })
}
