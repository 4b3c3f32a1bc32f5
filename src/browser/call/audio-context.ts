/** Safari before 14.1 knows it under another name; undefined where there is none. */
export function newAudioContext(): AudioContext | undefined {
  const { AudioContext: current, webkitAudioContext: old } = window as Window & {
    AudioContext?: typeof AudioContext
    webkitAudioContext?: typeof AudioContext
  }
  const Constructor = current ?? old
  return Constructor && new Constructor()
}
