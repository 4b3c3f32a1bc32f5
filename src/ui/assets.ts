let names: Readonly<Record<string, string>> = {}

/** Told once at start: the file name as built, with its content's hash, of each static file. */
export const setAssets = (builtNames: Readonly<Record<string, string>>): void => {
  names = builtNames
}

/** Address of a static file, e.g. 'public.css' -> '/static/public-1A2B3C4D.css'; unknown ones keep their name. */
export const assetUrl = (name: string): string => `/static/${names[name] ?? name}`

/** Address of one of our style sheets; each carries the tokens and the fonts' addresses itself. */
export const stylesheet = (name: 'public' | 'call' | 'desk'): string => assetUrl(`${name}.css`)
