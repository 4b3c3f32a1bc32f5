import { crc32 } from 'node:zlib'

/** The files of a ZIP whose entries are stored as they are, found by its directory as programs do. */
export function unzipped(zip: Buffer): Record<string, string> {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  const files: Record<string, string> = {}
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [sum, length] = [zip.readUInt32LE(at + 16), zip.readUInt32LE(at + 24)]
    const nameLength = zip.readUInt16LE(at + 28)
    const name = zip.subarray(at + 46, at + 46 + nameLength).toString()
    const local = zip.readUInt32LE(at + 42)
    if (zip.readUInt32LE(local) !== 0x04034b50) throw new Error(`${name} is not where the directory says`)
    const content = zip.subarray(local + 30 + nameLength, local + 30 + nameLength + length)
    if (crc32(content) !== sum) throw new Error(`${name} is damaged`)
    files[name] = content.toString()
    at += 46 + nameLength
  }
  return files
}
