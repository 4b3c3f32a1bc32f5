/** See build-islands.mjs. */
export function buildIslands(options: {
  outDir: string
  minify: boolean
  quiet?: boolean
}): Promise<Record<string, string>>
