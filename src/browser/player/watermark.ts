const copies = 24

/** Who watches and when, over the whole picture and all the time: a photograph of the screen tells who took it. */
export function keepWatermark(
  layer: HTMLElement,
  { viewer, timeZone, now }: { viewer: string; timeZone: string; now: () => Date },
): void {
  const format = new Intl.DateTimeFormat('pl', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  const words = Array.from({ length: copies }, () => layer.appendChild(document.createElement('span')))
  const write = () => {
    const text = `${viewer} · ${format.format(now())}`
    for (const span of words) span.dataset.words = text
  }
  write()
  setInterval(write, 1000)
}
