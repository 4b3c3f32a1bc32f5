import { createInterface } from 'node:readline/promises'
import { openPackage } from '../../recording/open-package'

/** Opens a package of a recording on any machine: needs neither the product's keys nor its database. */
const [archive, folder] = process.argv.slice(2)
if (archive === undefined || folder === undefined) {
  process.stderr.write('npm run recording:open-package -- <package.tar> <new folder>\n')
  process.exitCode = 2
} else {
  // Typed, never an argument: arguments are seen by everybody on the machine
  const typed = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const passphrase = await typed.question('Passphrase: ')
    const names = await openPackage({ archive, passphrase, folder })
    process.stdout.write(`${names.map((name) => `${folder}/${name}`).join('\n')}\n`)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  } finally {
    typed.close()
  }
}
