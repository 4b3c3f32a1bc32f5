import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A certificate for `localhost` that nobody trusts unless told to. */
export interface SelfMadeCertificate {
  path: string
  keyPath: string
  text: string
  remove(): Promise<void>
}

export async function makeCertificate(openssl: string): Promise<SelfMadeCertificate> {
  const folder = await mkdtemp(join(tmpdir(), 'e-wizyta-certificate-'))
  const path = join(folder, 'certificate.pem')
  const keyPath = join(folder, 'key.pem')
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  await run(openssl, [...request, ...subject, '-days', '2', '-keyout', keyPath, '-out', path])
  return {
    path,
    keyPath,
    text: await readFile(path, 'utf8'),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
