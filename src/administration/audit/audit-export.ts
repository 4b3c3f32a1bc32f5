import { Readable } from 'node:stream'
import type { FoundEntry } from '../../audit/find-entries'
import type { Directory } from '../../institution/directory'
import { byteOrderMark, csvLine } from '../../platform/csv'
import type { StaffTranslator } from '../../platform/i18n/translator'
import { actionWords, actorWords, detailsWords, subjectWords, whenWords } from './audit-words'
import { nameOf, type Names } from './read-names'

export const exportFormats = ['csv', 'jsonl'] as const
export type ExportFormat = (typeof exportFormats)[number]

interface Batch {
  entries: FoundEntry[]
  names: Names
}

/** The entries as a file, made while it is sent: CSV in words for people, JSON Lines in codes for programs. */
export function exportStream(
  batches: AsyncIterable<Batch>,
  { format, texts, directory }: { format: ExportFormat; texts: StaffTranslator; directory: Directory },
): Readable {
  const { timeZone } = directory.institution
  const { t } = texts
  const csvOf = (entry: FoundEntry, names: Names) =>
    csvLine([
      entry.id,
      whenWords(entry.at, timeZone),
      actorWords(texts, entry),
      actionWords(texts, entry.action),
      entry.subjectKind === null ? null : subjectWords(texts, entry, names),
      entry.branchId === null ? null : (directory.branchById(entry.branchId)?.name ?? entry.branchId),
      detailsWords(texts, entry, { timeZone, names }),
    ])
  const jsonOf = (entry: FoundEntry, names: Names) => {
    const number = nameOf(names, { kind: 'visit', id: entry.subjectId ?? '' })
    return `${JSON.stringify({ ...entry, ...(number !== undefined && { visitNumber: number }) })}\n`
  }
  async function* file() {
    if (format === 'csv')
      yield (
        byteOrderMark +
        csvLine([
          t('audit.column.id'),
          t('audit.column.when'),
          t('audit.column.who'),
          t('audit.column.what'),
          t('audit.column.subject'),
          t('stats.column.branch'),
          t('audit.column.details'),
        ])
      )
    const lineOf = format === 'csv' ? csvOf : jsonOf
    for await (const { entries, names } of batches)
      yield entries.map((entry) => lineOf(entry, names)).join('')
  }
  return Readable.from(file(), { objectMode: false })
}
