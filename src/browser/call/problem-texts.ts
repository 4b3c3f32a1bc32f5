import type { MediaTextKey } from '../../contract/boot'
import type { Kind } from './capture'
import type { MediaProblem } from './media-problem'

/** What to tell about a missing camera or microphone: keys of a title and of what to do. */
export interface ProblemText {
  title: MediaTextKey
  fix: MediaTextKey
}

const inBoth = ['denied', 'systemDenied', 'dismissed', 'notFound'] as const
type InBoth = (typeof inBoth)[number]

/** One text when both fail for the same reason, else one for each. */
export function problemTexts(problems: Record<Kind, MediaProblem | null>): ProblemText[] {
  const { audio, video } = problems
  const general = [audio, video].find((problem) => problem === 'insecure' || problem === 'unsupported')
  if (general === 'insecure') return [{ title: 'meet.insecure.title', fix: 'meet.insecure.fix' }]
  if (general === 'unsupported') return [{ title: 'meet.unsupported.title', fix: 'meet.unsupported.fix' }]
  const shared = inBoth.find((problem) => problem === audio && problem === video)
  if (shared !== undefined) return [bothText(shared)]
  const texts: ProblemText[] = []
  if (video !== null) texts.push(oneText('camera', video))
  if (audio !== null) texts.push(oneText('microphone', audio))
  return texts
}

const bothText = (problem: InBoth): ProblemText => ({
  title: `meet.both.${problem}.title`,
  fix: `meet.both.${problem}.fix`,
})

function oneText(device: 'camera' | 'microphone', problem: MediaProblem): ProblemText {
  switch (problem) {
    case 'denied':
    case 'dismissed':
      return { title: `meet.${device}.denied.title`, fix: `meet.${device}.denied.fix` }
    case 'systemDenied':
    case 'inUse':
    case 'notFound':
      return { title: `meet.${device}.${problem}.title`, fix: `meet.${device}.${problem}.fix` }
    default:
      return { title: `meet.${device}.failed.title`, fix: `meet.${device}.failed.fix` }
  }
}
