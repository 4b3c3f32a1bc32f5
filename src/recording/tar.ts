/** As much of the tar format (POSIX ustar) as a package of a few files needs: plain files with short names. */
const blockBytes = 512
const largestFileBytes = 8 * 1024 ** 3

const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`

/** @throws on a name or length that the format cannot hold */
export function tarHeader(name: string, length: number, at: Date): Buffer {
  if (Buffer.byteLength(name) > 99 || length >= largestFileBytes) throw new Error(`tar cannot hold ${name}`)
  const header = Buffer.alloc(blockBytes)
  header.write(name, 0)
  header.write(octal(0o644, 7), 100)
  header.write(octal(0, 7), 108)
  header.write(octal(0, 7), 116)
  header.write(octal(length, 11), 124)
  header.write(octal(Math.floor(at.getTime() / 1000), 11), 136)
  header.write(' '.repeat(8), 148)
  header.write('0', 156)
  header.write('ustar\u000000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${octal(sum, 6)} `, 148)
  return header
}

/** What fills the last block of a file. */
export const tarPadding = (length: number): Buffer =>
  Buffer.alloc((blockBytes - (length % blockBytes)) % blockBytes)

export const tarEnd = (): Buffer => Buffer.alloc(2 * blockBytes)

export interface TarFile {
  name: string
  length: number
  /** Where its bytes lie in the archive. */
  offset: number
}

/** The files of an archive; `read` gives bytes of it. @throws when it is no archive of ours, or is cut off */
export async function readTar(read: (offset: number, length: number) => Promise<Buffer>): Promise<TarFile[]> {
  const files: TarFile[] = []
  for (let offset = 0; ;) {
    const header = await read(offset, blockBytes)
    if (header.length < blockBytes) throw new Error('The package is cut off')
    if (header.every((byte) => byte === 0)) return files
    const text = (start: number, end: number) =>
      header.toString('latin1', start, end).replace(/[\0 ].*$/s, '')
    const length = Number.parseInt(text(124, 136), 8)
    const unsummed = Buffer.from(header).fill(' ', 148, 156)
    const sum = unsummed.reduce((total, byte) => total + byte, 0)
    if (!Number.isSafeInteger(length) || Number.parseInt(text(148, 156), 8) !== sum)
      throw new Error('This is no package of a recording, or it is damaged')
    files.push({ name: text(0, 100), length, offset: offset + blockBytes })
    offset += blockBytes + length + tarPadding(length).length
  }
}
