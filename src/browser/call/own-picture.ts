import type { MediaTextKey } from '../../contract/boot'
import { attachStream } from './attach-stream'
import { byId, type Texts } from './boot-data'
import { button, element, setText, show } from './dom'
import { icon } from './icons'
import type { LocalMedia, LocalMediaView } from './local-media'
import { problemTexts } from './problem-texts'
import { createSoundMeter, type SoundMeter } from './sound-meter'

/** Ids of the shell's elements for the own picture (src/contract/boot). */
interface OwnPictureIds {
  allow: string
  ownVideo: string
  ownNote: string
  level: string
  levelNote: string
  problem: string
  testPicture: string
}

const heardFrom = 0.15
const silentAfterMilliseconds = 4000

/** Brings the own picture to life: permission, preview, microphone bar, what is wrong and what to do. */
export function createOwnPicture<Key extends MediaTextKey>(
  ids: OwnPictureIds,
  media: LocalMedia,
  { text }: Pick<Texts<Key | MediaTextKey, never>, 'text'>,
  testLabel: string,
): void {
  const allow = byId(ids.allow, HTMLButtonElement)
  const video = byId(ids.ownVideo, HTMLVideoElement)
  const note = byId(ids.ownNote, HTMLElement)
  const level = byId(ids.level, HTMLElement)
  const levelNote = byId(ids.levelNote, HTMLElement)
  const problem = byId(ids.problem, HTMLElement)
  const testPicture = document.getElementById(ids.testPicture)
  let shown: { audio: MediaStreamTrack | null; video: MediaStreamTrack | null } = { audio: null, video: null }
  let meter: SoundMeter | undefined
  let toldProblems = ''

  const ask = (): void => {
    show(allow, false)
    setText(note, text('meet.asking'))
    void media.open()
  }
  allow.addEventListener('click', ask)
  testPicture?.addEventListener('click', () => media.openTestPicture(testLabel))

  const listen = (track: MediaStreamTrack | null): void => {
    meter?.stop()
    meter = undefined
    show(level, track !== null)
    setText(levelNote, track === null ? '' : text('meet.level'))
    if (!track) return
    let heardAt: number | null = null
    const since = Date.now()
    meter = createSoundMeter(track, (loudness) => {
      const now = Date.now()
      level.style.setProperty('--level', `${Math.round(loudness * 100)}%`)
      if (level instanceof HTMLMeterElement || level instanceof HTMLProgressElement) level.value = loudness
      if (loudness >= heardFrom) heardAt = now
      if (heardAt !== null) setText(levelNote, text('meet.level.heard'))
      else if (now - since > silentAfterMilliseconds) setText(levelNote, text('meet.level.silent'))
    })
  }

  const tellProblems = (view: LocalMediaView): void => {
    const problems = problemTexts(view.problems)
    const told = problems.map(({ title }) => title).join()
    if (told === toldProblems) return
    toldProblems = told
    problem.textContent = ''
    for (const { title, fix } of problems)
      problem.appendChild(
        element(
          'div',
          { class: 'note note-bad' },
          icon('alert', 24),
          element('div', {}, element('p', {}, element('b', {}, text(title))), element('p', {}, text(fix))),
        ),
      )
    if (problems.length > 0) problem.appendChild(button('btn btn-2', ask, text('ui.retry')))
    show(problem, problems.length > 0)
  }

  const update = (view: LocalMediaView): void => {
    if (view.video !== shown.video) attachStream(video, view.video ? new MediaStream([view.video]) : null)
    if (view.audio !== shown.audio) listen(view.audio)
    shown = { audio: view.audio, video: view.video }
    if (view.asked) show(allow, false)
    // Offered as a way out, not beside a camera that works
    if (testPicture && view.asked) show(testPicture, view.testPicture || !view.audio || !view.video)
    const visible = view.video !== null && view.cameraOn
    if (view.asked) setText(note, text(visible ? 'meet.preview' : 'meet.previewOff'))
    tellProblems(view)
  }
  media.on('change', update)
}
