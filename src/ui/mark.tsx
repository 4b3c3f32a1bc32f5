/** Colours of the ring and of its strong third, which is the twenty minutes of a visit. */
const colours = {
  light: { ring: '#c7e4d5', arc: '#0b6b4b', dot: '#0b6b4b' },
  dark: { ring: '#0b5340', arc: '#8fd3b4', dot: '#8fd3b4' },
  field: { ring: '#0b5340', arc: '#1a7f5c', dot: '#0b5340' },
  rail: { ring: '#0f6b4d', arc: '#8fd3b4', dot: '#8fd3b4' },
} as const

type MarkOn = keyof typeof colours

const shape = ({ ring, arc, dot }: (typeof colours)[MarkOn]): string =>
  `<circle cx="18" cy="18" r="14" stroke="${ring}" stroke-width="6"/><path d="M18 4a14 14 0 0 1 12.12 21" stroke="${arc}" stroke-width="6" stroke-linecap="round"/><circle cx="18" cy="18" r="5" fill="${dot}"/>`

/** The name mark for HTML put together as text. `size` in pixels. */
export const markHtml = (on: MarkOn, size: number): string =>
  `<svg width="${size}" height="${size}" viewBox="0 0 36 36" fill="none" aria-hidden="true">${shape(colours[on])}</svg>`

/** The name mark: `on` says what it lies on, `size` in pixels. It means time: never a spinner or an ornament. */
export const Mark = ({ on, size, class: name }: { on: MarkOn; size: number; class?: string }) => (
  <svg
    class={name}
    width={size}
    height={size}
    viewBox="0 0 36 36"
    fill="none"
    aria-hidden="true"
    dangerouslySetInnerHTML={{ __html: shape(colours[on]) }}
  />
)

/** The mark as the icon of a browser's tab; inside the page, so that no browser asks for one. */
export const markIcon = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36" fill="none">${shape(colours.light)}</svg>`,
)}`
