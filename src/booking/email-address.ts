import { domainToASCII } from 'node:url'

/** RFC 5321. */
const longestAddress = 254
const longestLocalPart = 64

const localPattern = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/
const labelPattern = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * A full address such as somebody has for their mail: name, @, domain with a top level. An international
 * domain becomes its ASCII form; quoted names, IP addresses and comments are refused.
 */
export function parseEmail(
  typed: string,
): { ok: true; address: string } | { ok: false; reason: 'empty' | 'format' | 'tooLong' } {
  const text = typed.trim()
  if (text === '') return { ok: false, reason: 'empty' }
  if (text.length > longestAddress) return { ok: false, reason: 'tooLong' }
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  const domain = /^[^\s/?#:@[\]]+$/.test(text.slice(at + 1)) ? domainToASCII(text.slice(at + 1)) : ''
  const labels = domain.split('.')
  const isDomain =
    labels.length >= 2 &&
    labels.every((label) => labelPattern.test(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  if (at < 1 || local.length > longestLocalPart || !localPattern.test(local) || !isDomain)
    return { ok: false, reason: 'format' }
  const address = `${local}@${domain}`
  return address.length > longestAddress ? { ok: false, reason: 'tooLong' } : { ok: true, address }
}

/** Where most people here have their mail. */
const commonDomains = [
  'gmail.com',
  'wp.pl',
  'onet.pl',
  'op.pl',
  'vp.pl',
  'poczta.onet.pl',
  'o2.pl',
  'tlen.pl',
  'interia.pl',
  'interia.eu',
  'poczta.fm',
  'gazeta.pl',
  'outlook.com',
  'hotmail.com',
  'icloud.com',
  'yahoo.com',
]

/** The address that was probably meant, when the domain is one slip away from a common one. */
export function likelyTypo(address: string): string | undefined {
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1)
  if (commonDomains.includes(domain)) return undefined
  const meant = commonDomains.find((common) => isSlip(domain, common))
  return meant && `${address.slice(0, at + 1)}${meant}`
}

/**
 * Gmail exists only under .com. In a name of one or two letters a single other letter makes another real
 * domain, so there only a slip behind the dot counts.
 */
function isSlip(typed: string, common: string): boolean {
  const [name = ''] = common.split('.')
  if (common === 'gmail.com' && typed.startsWith('gmail.')) return true
  if (name.length <= 2 && !typed.startsWith(`${name}.`) && typed !== common.replace('.', '')) return false
  return isOneEditApart(typed, common)
}

/** One sign added, left out, changed, or two neighbours swapped. */
function isOneEditApart(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false
  let start = 0
  while (start < one.length && one[start] === other[start]) start++
  let end = 0
  const shorter = Math.min(one.length, other.length)
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end++
  const restOfOne = one.slice(start, one.length - end)
  const restOfOther = other.slice(start, other.length - end)
  if (restOfOne.length <= 1 && restOfOther.length <= 1) return true
  return restOfOne.length === 2 && restOfOne === restOfOther.charAt(1) + restOfOther.charAt(0)
}
