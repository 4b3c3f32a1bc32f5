type Attributes = Record<string, string | boolean>
type Child = Node | string

/** Makes an element; `true` sets an attribute without a value, `false` leaves it out. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const name of Object.keys(attributes)) {
    const value = attributes[name]
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value)
  }
  for (const child of children)
    made.appendChild(typeof child === 'string' ? document.createTextNode(child) : child)
  return made
}

/** Writes only what differs: a live region speaks again for every write. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text
}

export function show(target: HTMLElement, visible: boolean): void {
  if (target.hidden === visible) target.hidden = !visible
}

/** Button that calls back on every press. */
export function button(className: string, onPress: () => void, ...children: Child[]): HTMLButtonElement {
  const made = element('button', { type: 'button', class: className }, ...children)
  made.addEventListener('click', onPress)
  return made
}
