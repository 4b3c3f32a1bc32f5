import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { ChainEnd } from './chain-end'

const schema = z.object({ position: z.number().int().positive(), seal: z.base64() })

const fileIn = (dataFolder: string) => join(dataFolder, 'audit', 'end.json')

/** Notes the end of the chain outside the database: who cuts off its last entries there cannot cut this. */
export async function keepEnd(dataFolder: string, { position, seal }: ChainEnd): Promise<void> {
  const file = fileIn(dataFolder)
  await mkdir(join(dataFolder, 'audit'), { recursive: true, mode: 0o700 })
  const text = JSON.stringify({ position, seal: seal.toString('base64') })
  await writeFile(`${file}.new`, text, { mode: 0o600, flush: true })
  await rename(`${file}.new`, file)
}

/** The end that was noted last; undefined before the first one. @throws when the file is damaged */
export async function readKeptEnd(dataFolder: string): Promise<ChainEnd | undefined> {
  let text: string
  try {
    text = await readFile(fileIn(dataFolder), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const { position, seal } = schema.parse(JSON.parse(text))
  return { position, seal: Buffer.from(seal, 'base64') }
}
