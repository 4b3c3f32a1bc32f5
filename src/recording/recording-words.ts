import type { RecordingSummary } from '../contract/recording-index'
import type { StaffTranslator } from '../platform/i18n/translator'
import { clockWords } from './player-facts'

/** '2 luki, razem 12 s'; undefined while nothing is known yet. */
export function gapsWords({ t }: StaffTranslator, summary: RecordingSummary | null): string | undefined {
  if (!summary) return undefined
  if (summary.gaps.length === 0) return t('recordings.gaps.none')
  const seconds = Math.max(1, Math.round(summary.gaps.reduce((sum, gap) => sum + gap.seconds, 0)))
  return t('desk.recording.gaps', { n: summary.gaps.length, seconds })
}

export const lengthWords = (summary: RecordingSummary | null): string | undefined =>
  summary ? clockWords(summary.seconds * 1000) : undefined
