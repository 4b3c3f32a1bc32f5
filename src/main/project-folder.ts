import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder of the checkout, whether we run from source or from the bundle in dist/. */
export const projectFolder: string = findUp(import.meta.dirname)

function findUp(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error('package.json was not found above the program')
  return findUp(parent)
}

export const inProject = (...path: string[]): string => join(projectFolder, ...path)

/** The bundled institution; another one replaces this folder. */
export const institutionFolder = inProject('data', 'zus')

/** As package.json has it. */
export const productVersion: string = (
  JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as { version: string }
).version
