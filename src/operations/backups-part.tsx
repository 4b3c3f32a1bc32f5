import type { StaffTranslator } from '../platform/i18n/translator'
import { agoWords, bytesWords } from './ages'
import type { BackupNote } from './backup/backup-note-store'
import type { OperationsNotice, OperationsPart } from './operations-part'
import { Facts } from './pages/facts'
import type { KeysFile } from './read-machine'

const hour = 3_600_000
/** One a day, with room for a night that took longer. */
const oldestBackup = 26 * hour
const oldestProof = 35 * 24 * hour

interface Read {
  notes: Partial<Record<BackupNote['kind'], BackupNote>>
  keys: KeysFile
  /** Of the keys in use. */
  fingerprint: string
  now: Date
}

/** Whether all could be brought back that would be lost with this machine. */
export function backupsPart(texts: StaffTranslator, read: Read): Omit<OperationsPart, 'id' | 'title'> {
  const { t } = texts
  const { notes, keys, now } = read
  const { backup, verify, restore } = notes
  const told = (note: BackupNote) => agoWords(texts, note.at, now)
  return {
    notices: [...backupNotices(texts, read), ...keyNotices(texts, read)],
    details: (
      <Facts
        rows={[
          ...(backup
            ? [
                [t('ops.backup.last'), told(backup)] as const,
                [
                  t('ops.backup.size'),
                  t('ops.backup.size.value', { size: bytesWords(backup.bytes), n: backup.recordings }),
                ] as const,
                [t('ops.backup.place'), backup.place] as const,
              ]
            : []),
          [t('ops.backup.verified'), verify ? told(verify) : t('ops.backup.never')],
          ...(restore ? [[t('ops.backup.restored'), told(restore)] as const] : []),
          [t('ops.keys.file'), keys.isThere ? keys.path : t('ops.keys.none')],
        ]}
      />
    ),
  }
}

function backupNotices({ t }: StaffTranslator, { notes: { backup, verify }, now }: Read): OperationsNotice[] {
  if (!backup) return [{ tone: 'bad', text: t('ops.backup.none'), fix: t('ops.backup.fix') }]
  const age = now.getTime() - backup.at.getTime()
  return [
    ...(age > oldestBackup
      ? [{ tone: 'bad' as const, text: t('ops.backup.old'), fix: t('ops.backup.fix') }]
      : []),
    ...(backup.problems > 0
      ? [
          {
            tone: 'bad' as const,
            text: t('ops.backup.problems', { n: backup.problems }),
            fix: t('ops.backup.problems.fix'),
          },
        ]
      : []),
    ...(verify && verify.problems > 0
      ? [{ tone: 'bad' as const, text: t('ops.backup.broken'), fix: t('ops.backup.broken.fix') }]
      : []),
    ...(!verify || now.getTime() - verify.at.getTime() > oldestProof
      ? [{ tone: 'bad' as const, text: t('ops.backup.unproved'), fix: t('ops.backup.unproved.fix') }]
      : []),
  ]
}

function keyNotices(
  { t }: StaffTranslator,
  { keys, notes: { backup }, fingerprint }: Read,
): OperationsNotice[] {
  return [
    ...(keys.isThere
      ? []
      : [
          {
            tone: 'bad' as const,
            text: t('ops.keys.missing', { path: keys.path }),
            fix: t('ops.keys.missing.fix'),
          },
        ]),
    ...(keys.isOpen
      ? [{ tone: 'bad' as const, text: t('ops.keys.open'), fix: `chmod 600 ${keys.path}` }]
      : []),
    ...(backup && backup.keysFingerprint !== fingerprint
      ? [{ tone: 'bad' as const, text: t('ops.keys.changed'), fix: t('ops.keys.changed.fix') }]
      : []),
    ...(backup?.keysKept === 'apart' ? [{ tone: 'info' as const, text: t('ops.keys.apart') }] : []),
  ]
}
