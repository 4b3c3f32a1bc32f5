import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { openPackage } from '../../recording/open-package'

/** Opens a package of a recording on any machine: needs neither the product's keys nor its database. */
const [archive, folder, keyFile] = process.argv.slice(2)
if (archive === undefined || folder === undefined) {
  process.stderr.write('npm run recording:open-package -- <package.tar> <new folder> [<public key.pem>]\n')
  process.exitCode = 2
} else {
  try {
    const publicKey = keyFile === undefined ? undefined : await readFile(keyFile, 'utf8')
    const passphrase = await askPassphrase()
    const { names, keyFingerprint } = await openPackage({ archive, passphrase, folder, publicKey })
    process.stdout.write(`${names.map((name) => `${folder}/${name}`).join('\n')}\n`)
    process.stderr.write(
      `Whole, and signed with the ${keyFile === undefined ? 'key in the package' : 'given key'}.\n`,
    )
    process.stderr.write(`Fingerprint of the key (SHA-256): ${keyFingerprint}\n`)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}

/** Typed, never an argument: arguments are seen by everybody on the machine. */
async function askPassphrase(): Promise<string> {
  const typed = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await typed.question('Passphrase: ')
  } finally {
    typed.close()
  }
}
