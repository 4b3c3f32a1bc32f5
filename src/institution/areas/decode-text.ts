/** How the letters of a file are written. */
export type TextEncoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'windows-1250'

const startsWith = (bytes: Uint8Array, ...mark: number[]) => mark.every((byte, at) => bytes[at] === byte)

/** Without a mark, Latin text in UTF-16 has a NUL in every other byte. */
const looksLikeUtf16 = (bytes: Uint8Array, nulAt: 0 | 1): boolean => {
  const seen = Math.min(bytes.length - (bytes.length % 2), 512)
  let nuls = 0
  for (let at = nulAt; at < seen; at += 2) if (bytes[at] === 0) nuls++
  return seen >= 4 && nuls > seen * 0.35
}

const marked = (bytes: Uint8Array): TextEncoding | undefined => {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return 'UTF-8'
  if (startsWith(bytes, 0xff, 0xfe) || looksLikeUtf16(bytes, 1)) return 'UTF-16LE'
  if (startsWith(bytes, 0xfe, 0xff) || looksLikeUtf16(bytes, 0)) return 'UTF-16BE'
  return undefined
}

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    // A letter cut off by the end of the piece is no fault of it
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

/** Of a piece that no mark tells about; undefined for plain ASCII, which is the same in both. */
const unmarked = (bytes: Uint8Array): TextEncoding | undefined => {
  if (bytes.every((byte) => byte < 0x80)) return undefined
  return isUtf8(bytes) ? 'UTF-8' : 'windows-1250'
}

/** Enough to see a mark, or a line of UTF-16 without one. */
const firstBytes = 64

/** The pieces with a first one that is long enough to look at. */
async function* withFirst(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first: Buffer | undefined = Buffer.alloc(0)
  for await (const piece of pieces) {
    if (!first) {
      yield piece
      continue
    }
    first = Buffer.concat([first, piece])
    if (first.length < firstBytes) continue
    yield first
    first = undefined
  }
  if (first && first.length > 0) yield first
}

/**
 * Text of a file that comes in pieces, its encoding found on the way: a mark, or the first letter outside
 * ASCII. What is no letter of the encoding becomes U+FFFD.
 * @param found told the encoding once it is known; never for plain ASCII
 */
export async function* decodeText(
  pieces: AsyncIterable<Uint8Array>,
  found: (encoding: TextEncoding) => void = () => undefined,
): AsyncGenerator<string> {
  const ascii = new TextDecoder('utf-8')
  let decoder: TextDecoder | undefined
  let isFirst = true
  for await (const piece of withFirst(pieces)) {
    const encoding = decoder ? undefined : ((isFirst ? marked(piece) : undefined) ?? unmarked(piece))
    isFirst = false
    if (encoding !== undefined) {
      found(encoding)
      decoder = new TextDecoder(encoding)
    }
    yield (decoder ?? ascii).decode(piece, { stream: true })
  }
  if (decoder) yield decoder.decode()
}
