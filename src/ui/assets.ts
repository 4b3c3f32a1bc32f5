let assets: Readonly<Record<string, string>> = {}

/** Told once at start: the address of each file under `/static/` as built, with its content's hash. */
export const setAssets = (addresses: Readonly<Record<string, string>>): void => {
  assets = addresses
}

/** Address of a static file, e.g. 'public.css' -> '/static/public-1a2b3c4d.css'; without a map '/static/public.css'. */
export const assetUrl = (name: string): string => assets[name] ?? `/static/${name}`

/** Address of one of our style sheets; each carries the tokens and the fonts' addresses itself. */
export const stylesheet = (name: 'public' | 'call' | 'desk'): string => assetUrl(`${name}.css`)
