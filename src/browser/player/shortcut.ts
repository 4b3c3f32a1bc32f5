export type PlayerAct =
  | { kind: 'toggle' }
  | { kind: 'by'; ms: number }
  | { kind: 'to'; share: number }
  | { kind: 'chapter'; step: -1 | 1 }
  | { kind: 'fullScreen' }

/** What a key does in the player; undefined for all others. */
export function actOfKey(key: string): PlayerAct | undefined {
  if (/^[0-9]$/.test(key)) return { kind: 'to', share: Number(key) / 10 }
  return acts[key.toLowerCase()]
}

const acts: Record<string, PlayerAct> = {
  ' ': { kind: 'toggle' },
  k: { kind: 'toggle' },
  arrowleft: { kind: 'by', ms: -5000 },
  arrowright: { kind: 'by', ms: 5000 },
  j: { kind: 'by', ms: -10_000 },
  l: { kind: 'by', ms: 10_000 },
  home: { kind: 'to', share: 0 },
  end: { kind: 'to', share: 1 },
  ',': { kind: 'chapter', step: -1 },
  '.': { kind: 'chapter', step: 1 },
  f: { kind: 'fullScreen' },
}

/** So soon after a chapter's start "previous" means the one before it. */
const graceMs = 2000

/** The chapter before or after a moment; the recording's ends where there is none. */
export function chapterFrom(
  chapters: readonly number[],
  ms: number,
  step: -1 | 1,
  durationMs: number,
): number {
  if (step === 1) return chapters.find((atMs) => atMs > ms) ?? durationMs
  return chapters.filter((atMs) => atMs < ms - graceMs).at(-1) ?? 0
}
