// The shapes of src/ui/icons that the islands need: a 24 grid, 2 px stroke, round ends, the text's colour.
const shapes = {
  alert: '<path d="M12 3.2 22 20.5H2Z"/><path d="M12 9.5v5M12 17.4v.2"/>',
  camera: '<rect x="2.5" y="6" width="13" height="12" rx="2.5"/><path d="m15.5 10.5 6-3.5v10l-6-3.5"/>',
  clock: '<circle cx="12" cy="12" r="9.5"/><path d="M12 6.5V12l3.5 2.5"/>',
  cross: '<circle cx="12" cy="12" r="9.5"/><path d="m8.5 8.5 7 7m0-7-7 7"/>',
  done: '<circle cx="12" cy="12" r="9.5"/><path d="m7.5 12.3 3.2 3.2 5.8-6.3"/>',
  fullScreen: '<path d="M4 9V4h5m6 0h5v5m0 6v5h-5m-6 0H4v-5"/>',
  hangUp:
    '<path d="M2.5 14.5c0-2 4-5 9.5-5s9.5 3 9.5 5v1.7c0 .8-.7 1.4-1.5 1.2l-3.3-.8a1.2 1.2 0 0 1-.9-1.2v-1.6a11 11 0 0 0-7.6 0v1.6c0 .6-.4 1-.9 1.2l-3.3.8c-.8.2-1.5-.4-1.5-1.2Z"/>',
  info: '<circle cx="12" cy="12" r="9.5"/><path d="M12 11v5.5M12 7.4v.2"/>',
  microphone:
    '<rect x="9" y="2.5" width="6" height="11.5" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3.5"/>',
  people:
    '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c0-3.5 2.8-6 6.5-6s6.5 2.5 6.5 6M16 5a3.5 3.5 0 0 1 0 6.5M18 14.5c2.2.8 3.5 2.8 3.5 5.5"/>',
  screen:
    '<rect x="2.5" y="4" width="19" height="13" rx="2"/><path d="M8 21h8M12 13.5V8m-2.5 2.3L12 7.8l2.5 2.5"/>',
  send: '<path d="M3.5 12 21 4l-5.5 17-3.5-7Z"/>',
  signal: '<path d="M5 19v-3m5 3v-7m5 7V8m5 11V4" stroke-width="2.5"/>',
  smallPicture:
    '<rect x="2.5" y="4.5" width="19" height="15" rx="2.5"/><rect x="11.5" y="11" width="7" height="5.5" rx="1" fill="currentColor"/>',
  sound: '<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5ZM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11"/>',
  switchCamera:
    '<path d="M20 11a8 8 0 0 0-14.3-3.9M4 4v4h4M4 13a8 8 0 0 0 14.3 3.9M20 20v-4h-4"/><circle cx="12" cy="12" r="2.5"/>',
} as const

export type IconName = keyof typeof shapes

/** Markup of an icon; `size` in pixels. */
export const iconMarkup = (name: IconName, size: number): string =>
  `<svg width="${size}" height="${size}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shapes[name]}</svg>`

/** An icon as an element; always beside a word. `size` in pixels. */
export function icon(name: IconName, size: number): Element {
  const holder = document.createElement('div')
  holder.innerHTML = iconMarkup(name, size)
  return holder.firstElementChild as Element
}
