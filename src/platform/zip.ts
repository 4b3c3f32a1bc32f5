import { crc32 } from 'node:zlib'

export interface ZipEntry {
  /** In ASCII. */
  name: string
  content: Buffer
}

/** Bit 11: names are UTF-8. */
const utf8Names = 0x800

/** MS-DOS date and time, to two seconds, in UTC. */
const dosTime = (at: Date): [time: number, date: number] => [
  (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
  ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
]

const numbers = (...fields: readonly [bytes: 2 | 4, value: number][]): Buffer => {
  const buffer = Buffer.alloc(fields.reduce((sum, [bytes]) => sum + bytes, 0))
  let at = 0
  for (const [bytes, value] of fields) at = buffer.writeUIntLE(value, at, bytes)
  return buffer
}

/** A ZIP of small files as they are, uncompressed: every desktop opens it (APPNOTE 6.3.10, without ZIP64). */
export function zipOf(entries: readonly ZipEntry[], at: Date): Buffer {
  const [time, date] = dosTime(at)
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content } of entries) {
    const bytes = Buffer.from(name)
    const common: [2 | 4, number][] = [
      [2, 20],
      [2, utf8Names],
      [2, 0],
      [2, time],
      [2, date],
      [4, crc32(content)],
      [4, content.length],
      [4, content.length],
      [2, bytes.length],
      [2, 0],
    ]
    const local = Buffer.concat([numbers([4, 0x04034b50], ...common), bytes, content])
    directory.push(
      numbers([4, 0x02014b50], [2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]),
      bytes,
    )
    parts.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = numbers(
    ...([
      [4, 0x06054b50],
      [2, 0],
      [2, 0],
      [2, entries.length],
      [2, entries.length],
      [4, central.length],
      [4, offset],
      [2, 0],
    ] as [2 | 4, number][]),
  )
  return Buffer.concat([...parts, central, end])
}
