export interface PictureSize {
  width: number
  height: number
}

/** RFC 6386, 9.1: the size that a key frame declares; undefined when it is none. */
export function sizeOfKeyFrame(frame: Uint8Array): PictureSize | undefined {
  const [tag = 1, , , one, two, three, w0 = 0, w1 = 0, h0 = 0, h1 = 0] = frame
  if (frame.length < 10 || (tag & 1) !== 0 || one !== 0x9d || two !== 0x01 || three !== 0x2a) return undefined
  const size = { width: w0 | ((w1 & 0x3f) << 8), height: h0 | ((h1 & 0x3f) << 8) }
  return size.width > 0 && size.height > 0 ? size : undefined
}

/** RFC 6386, 7.3: the arithmetic coder. */
interface Coder {
  bytes: number[]
  range: number
  bottom: number
  bitsLeft: number
}

function put(coder: Coder, probabilityOfZero: number, bit: 0 | 1): void {
  const split = 1 + (((coder.range - 1) * probabilityOfZero) >> 8)
  if (bit === 1) {
    coder.bottom += split
    coder.range -= split
  } else coder.range = split
  while (coder.range < 128) {
    coder.range *= 2
    if (coder.bottom >= 2 ** 31) {
      let at = coder.bytes.length - 1
      while (coder.bytes[at] === 255) coder.bytes[at--] = 0
      coder.bytes[at] = (coder.bytes[at] ?? 0) + 1
    }
    coder.bottom = (coder.bottom * 2) % 2 ** 32
    if (--coder.bitsLeft === 0) {
      coder.bytes.push(Math.floor(coder.bottom / 2 ** 24))
      coder.bottom %= 2 ** 24
      coder.bitsLeft = 8
    }
  }
}

const putAll = (coder: Coder, bits: readonly (readonly [probability: number, bit: 0 | 1])[]) =>
  bits.forEach(([probability, bit]) => put(coder, probability, bit))

function finish(coder: Coder): number[] {
  for (let bit = 0; bit < 32; bit++) put(coder, 128, 0)
  return coder.bytes
}

/**
 * The coder after the frame header, which is the same for every size: no segments, no loop filter, one partition,
 * quantiser 127, no probability changed, skipped blocks marked with probability 1/256 of not being.
 */
const afterHeader = (): Coder => ({ bytes: [0, 0, 254, 8], range: 192, bottom: 49856, bitsLeft: 5 })

/** Key frame block modes: luma and chroma are predicted from the mean of their neighbours. */
const meanPrediction = [
  [145, 1],
  [156, 0],
  [163, 0],
  [142, 0],
] as const
const skipProbability = 1

/**
 * The only coefficient of the frame darkens the first block from grey: -23 times 314. All others are predicted
 * from it.
 */
function darkenFirstBlock(): number[] {
  const coder: Coder = { bytes: [], range: 255, bottom: 0, bitsLeft: 24 }
  const largeValue = [
    [198, 1],
    [35, 1],
    [237, 1],
    [223, 1],
    [162, 1],
    [145, 0],
    [155, 1],
  ] as const
  const nineteenAndFour = [
    [176, 0],
    [155, 1],
    [140, 0],
    [135, 0],
  ] as const
  const negative = [128, 1] as const
  const endOfValues = [81, 0] as const
  putAll(coder, [...largeValue, ...nineteenAndFour, negative, endOfValues])
  const emptyBlocks = 16 + 8
  for (let block = 0; block < emptyBlocks; block++) put(coder, 253, 0)
  return finish(coder)
}

/** A key frame that is black all over. */
export function blackKeyFrame({ width, height }: PictureSize): Uint8Array<ArrayBuffer> {
  const blocks = Math.ceil(width / 16) * Math.ceil(height / 16)
  const modes = afterHeader()
  for (let block = 0; block < blocks; block++) {
    put(modes, skipProbability, block === 0 ? 0 : 1)
    putAll(modes, meanPrediction)
  }
  const first = finish(modes)
  const tokens = darkenFirstBlock()
  const shown = 1 << 4
  const tag = shown | (first.length << 5)
  return Uint8Array.from([
    ...[tag & 0xff, (tag >> 8) & 0xff, tag >> 16],
    ...[0x9d, 0x01, 0x2a],
    ...[width & 0xff, width >> 8, height & 0xff, height >> 8],
    ...first,
    ...tokens,
  ])
}
