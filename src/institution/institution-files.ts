import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { type Language, languages } from '../texts/catalogue'
import { readTable } from './tab-separated'

/** The institution's data folder is wrong; `message` has one line a problem: file, field, what is needed. */
export class InstitutionDataError extends Error {
  override readonly name = 'InstitutionDataError'
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
  }
}

const read = async (folder: string, file: string): Promise<string> => {
  try {
    return await readFile(join(folder, file), 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new InstitutionDataError([`${file}: cannot be read (${code})`])
  }
}

const check = <T extends z.ZodType>(place: string, schema: T, content: unknown): z.infer<T> => {
  const parsed = schema.safeParse(content)
  if (parsed.success) return parsed.data
  throw new InstitutionDataError(
    parsed.error.issues.map(({ path, message }) =>
      [place, path.join('.'), message].filter(Boolean).join(': '),
    ),
  )
}

/** Reads a JSON file of the folder by a schema. Throws InstitutionDataError. */
export const readJson = async <T extends z.ZodType>(
  folder: string,
  file: string,
  schema: T,
): Promise<z.infer<T>> => {
  const text = await read(folder, file)
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    throw new InstitutionDataError([`${file}: not JSON: ${(error as Error).message}`])
  }
  return check(file, schema, content)
}

/** Reads a tab-separated file of the folder, each row by a schema. Throws InstitutionDataError. */
export const readRows = async <T extends z.ZodType>(
  folder: string,
  file: string,
  row: T,
): Promise<z.infer<T>[]> => {
  const table = readTable(await read(folder, file))
  if (!table.ok) throw new InstitutionDataError([`${file}: ${table.problem}`])
  return table.rows.map(({ line, cells }) => check(`${file}: line ${line}`, row, cells))
}

/** Reads `texts/<name>.<language>.md` in every language. Throws InstitutionDataError. */
export const readMarkdown = async (folder: string, name: string): Promise<Record<Language, string>> => {
  const bodies: [Language, string][] = []
  // One after the other: of several that are missing it is always the first that is named
  for (const language of languages) {
    const file = `texts/${name}.${language}.md`
    const body = await read(folder, file)
    if (body.trim() === '') throw new InstitutionDataError([`${file}: it is empty`])
    bodies.push([language, body])
  }
  return Object.fromEntries(bodies) as Record<Language, string>
}
