// A 24 grid, 2 px stroke, round ends, the text's colour; always beside a word or with a label on the button.
const shapes = {
  alert: '<path d="M12 3.2 22 20.5H2Z"/><path d="M12 9.5v5M12 17.4v.2"/>',
  back: '<path d="m14.5 5-7 7 7 7"/>',
  calendar: '<rect x="3" y="5" width="18" height="16" rx="2.5"/><path d="M3 10h18M8 2.5V7m8-4.5V7"/>',
  camera: '<rect x="2.5" y="6" width="13" height="12" rx="2.5"/><path d="m15.5 10.5 6-3.5v10l-6-3.5"/>',
  chart: '<path d="M4 20.5h16M6.5 17v-5m5.5 5V5m5.5 12V9" stroke-width="2.5"/>',
  chat: '<path d="M4 4.5h16a1.5 1.5 0 0 1 1.5 1.5v10a1.5 1.5 0 0 1-1.5 1.5h-9L6 21.5v-4H4A1.5 1.5 0 0 1 2.5 16V6A1.5 1.5 0 0 1 4 4.5Z"/><path d="M7.5 9h9m-9 4h6"/>',
  clock: '<circle cx="12" cy="12" r="9.5"/><path d="M12 6.5V12l3.5 2.5"/>',
  cross: '<circle cx="12" cy="12" r="9.5"/><path d="m8.5 8.5 7 7m0-7-7 7"/>',
  document:
    '<rect x="2.5" y="5" width="19" height="14" rx="2.5"/><circle cx="8" cy="11" r="2"/><path d="M5 16c.5-1.7 5.5-1.7 6 0M14 10h4.5M14 14h4.5"/>',
  done: '<circle cx="12" cy="12" r="9.5"/><path d="m7.5 12.3 3.2 3.2 5.8-6.3"/>',
  down: '<path d="m5 9 7 7 7-7"/>',
  download: '<path d="M12 3v12m-5-5 5 5 5-5M4 20.5h16"/>',
  eye: '<path d="M2 12c2.5-4.5 6-6.5 10-6.5s7.5 2 10 6.5c-2.5 4.5-6 6.5-10 6.5S4.5 16.5 2 12Z"/><circle cx="12" cy="12" r="3"/>',
  fullScreen: '<path d="M4 9V4h5m6 0h5v5m0 6v5h-5m-6 0H4v-5"/>',
  hangUp:
    '<path d="M2.5 14.5c0-2 4-5 9.5-5s9.5 3 9.5 5v1.7c0 .8-.7 1.4-1.5 1.2l-3.3-.8a1.2 1.2 0 0 1-.9-1.2v-1.6a11 11 0 0 0-7.6 0v1.6c0 .6-.4 1-.9 1.2l-3.3.8c-.8.2-1.5-.4-1.5-1.2Z"/>',
  headphones:
    '<path d="M5 14.5V12a7 7 0 0 1 14 0v2.5"/><rect x="2.5" y="14" width="5" height="7" rx="2"/><rect x="16.5" y="14" width="5" height="7" rx="2"/>',
  info: '<circle cx="12" cy="12" r="9.5"/><path d="M12 11v5.5M12 7.4v.2"/>',
  link: '<path d="M10 14a4.5 4.5 0 0 0 6.4 0l3.3-3.3a4.5 4.5 0 0 0-6.4-6.4L12 5.6M14 10a4.5 4.5 0 0 0-6.4 0l-3.3 3.3a4.5 4.5 0 0 0 6.4 6.4l1.3-1.3"/>',
  mail: '<rect x="2.5" y="5" width="19" height="14" rx="2"/><path d="m3 7 9 6.5L21 7"/>',
  microphone:
    '<rect x="9" y="2.5" width="6" height="11.5" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3.5"/>',
  next: '<path d="m9.5 5 7 7-7 7"/>',
  people:
    '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c0-3.5 2.8-6 6.5-6s6.5 2.5 6.5 6M16 5a3.5 3.5 0 0 1 0 6.5M18 14.5c2.2.8 3.5 2.8 3.5 5.5"/>',
  phone: '<rect x="6.5" y="2.5" width="11" height="19" rx="2.5"/><path d="M10.5 18h3"/>',
  plus: '<path d="M12 4.5v15M4.5 12h15"/>',
  recording:
    '<circle cx="12" cy="12" r="9.5"/><circle cx="12" cy="12" r="4.5" fill="currentColor" stroke="none"/>',
  screen:
    '<rect x="2.5" y="4" width="19" height="13" rx="2"/><path d="M8 21h8M12 13.5V8m-2.5 2.3L12 7.8l2.5 2.5"/>',
  search: '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5.5 5.5"/>',
  send: '<path d="M3.5 12 21 4l-5.5 17-3.5-7Z"/>',
  settings:
    '<path d="M4 7h9m5 0h2M4 17h2m5 0h9"/><circle cx="15.5" cy="7" r="2.5"/><circle cx="8.5" cy="17" r="2.5"/>',
  signal: '<path d="M5 19v-3m5 3v-7m5 7V8m5 11V4" stroke-width="2.5"/>',
  table: '<rect x="3" y="4" width="18" height="17" rx="2"/><path d="M3 9.5h18M9 9.5V21m6-11.5V21"/>',
  tick: '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
} as const

export type IconName = keyof typeof shapes

/** An icon for HTML put together as text; its strokes come from the class `i` of the tokens. `size` in pixels. */
export const iconHtml = (name: IconName, size = 24): string =>
  `<svg class="i" width="${size}" height="${size}" viewBox="0 0 24 24" aria-hidden="true">${shapes[name]}</svg>`

/** An icon beside its word. `size` in pixels. */
export const Icon = ({ name, size = 24 }: { name: IconName; size?: number }) => (
  <svg
    class="i"
    width={size}
    height={size}
    viewBox="0 0 24 24"
    aria-hidden="true"
    dangerouslySetInnerHTML={{ __html: shapes[name] }}
  />
)
