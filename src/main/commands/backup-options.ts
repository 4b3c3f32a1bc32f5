import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type BackupPlace, listSnapshots } from '../../operations/backup/backup-place'
import { shortestPassphrase } from '../../operations/backup/sealed-keys'
import { CommandError } from './command'

type Options<Name extends string> = Partial<Record<Name, string>>

/** Reads `--name value` options. @throws CommandError with how the command is typed */
export function readOptions<Name extends string>(
  args: readonly string[],
  names: readonly Name[],
  usage: string,
): Options<Name> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values as Options<Name>
  } catch (error) {
    throw new CommandError(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
  }
}

/** A passphrase is read from a file: what is typed behind a command is seen by everybody on the machine. */
export async function readPassphrase(file: string): Promise<string> {
  const text = await readText(file)
  const passphrase = text.replace(/\r?\n$/, '')
  if (passphrase.length < shortestPassphrase)
    throw new CommandError(`The passphrase in ${file} is shorter than ${shortestPassphrase} signs.`)
  return passphrase
}

/** @throws CommandError when it cannot be read */
export const readText = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: unknown) => {
    throw new CommandError(
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)}).`,
    )
  })

/** The snapshot that was asked for, or the newest. @throws CommandError when there is none */
export async function chooseSnapshot(place: BackupPlace, wanted: string | undefined): Promise<string> {
  const names = await listSnapshots(place)
  const chosen = wanted === undefined ? names.at(-1) : names.find((name) => name === wanted)
  if (chosen !== undefined) return chosen
  const there = names.length === 0 ? 'It holds none.' : `It holds ${names.join(', ')}.`
  throw new CommandError(
    wanted === undefined
      ? `There is no backup in ${place.folder}.`
      : `There is no snapshot ${wanted} there. ${there}`,
  )
}
