// GSM 03.38 default alphabet; the extension table costs two septets a sign.
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§' +
    '¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const extended = new Set('\f^{}\\[~]|€')

/** How a text travels as SMS: units are septets (GSM-7) or UTF-16 code units (UCS-2). */
export interface SmsParts {
  encoding: 'GSM-7' | 'UCS-2'
  units: number
  parts: number
}

const inSeptets = (text: string): number[] | null => {
  const septets: number[] = []
  for (const sign of text) {
    if (basic.has(sign)) septets.push(1)
    else if (extended.has(sign)) septets.push(2)
    else return null
  }
  return septets
}

const inUnits = (text: string): number[] => Array.from(text, (sign) => sign.length)

// A sign of two units is never split between parts, so a part may stay one unit short.
const partsOf = (signs: readonly number[], perPart: number): number => {
  let parts = 1
  let used = 0
  for (const size of signs) {
    if (used + size > perPart) {
      parts++
      used = 0
    }
    used += size
  }
  return parts
}

const inOnePart = { septets: 160, units: 70 }

/** Encoding, length and number of parts of an SMS; an empty text is one part. */
export const smsParts = (text: string): SmsParts => {
  const septets = inSeptets(text)
  const [encoding, signs, single, joined] = septets
    ? (['GSM-7', septets, inOnePart.septets, 153] as const)
    : (['UCS-2', inUnits(text), inOnePart.units, 67] as const)
  const units = signs.reduce((sum, size) => sum + size, 0)
  return { encoding, units, parts: units <= single ? 1 : partsOf(signs, joined) }
}

/** Units that fit into one part. */
export const unitsInOnePart = ({ encoding }: Pick<SmsParts, 'encoding'>): number =>
  encoding === 'GSM-7' ? inOnePart.septets : inOnePart.units
