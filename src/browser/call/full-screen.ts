interface OldDocument {
  webkitFullscreenElement?: Element | null
  webkitExitFullscreen?: () => void
}
interface OldElement {
  webkitRequestFullscreen?: () => void
}

/** Full screen of one element; undefined where there is none (iPhone), so that no button promises it. */
export interface FullScreen {
  isOn(): boolean
  toggle(): void
  onChange(listener: () => void): void
}

export function createFullScreen(element: HTMLElement): FullScreen | undefined {
  const page = document as Document & OldDocument
  const old = element as HTMLElement & OldElement
  const isStandard = 'requestFullscreen' in element
  if (!isStandard && !('webkitRequestFullscreen' in element)) return undefined
  const isOn = (): boolean => Boolean(isStandard ? page.fullscreenElement : page.webkitFullscreenElement)
  return {
    isOn,
    toggle() {
      if (isStandard) void (isOn() ? page.exitFullscreen() : element.requestFullscreen())
      else if (isOn()) page.webkitExitFullscreen?.()
      else old.webkitRequestFullscreen?.()
    },
    onChange(listener) {
      for (const name of ['fullscreenchange', 'webkitfullscreenchange'])
        document.addEventListener(name, listener)
    },
  }
}
