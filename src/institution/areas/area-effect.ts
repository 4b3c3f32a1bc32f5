/** Prefix of a postal code -> code of a branch. */
export type Areas = ReadonlyMap<string, string>

const allCodes = 100_000
const digits = 5

/** The branch of every code from 00000 to 99999, by the longest prefix. */
export function branchesOfCodes(areas: Areas): (string | undefined)[] {
  const codes = new Array<string | undefined>(allCodes).fill(undefined)
  const shortestFirst = [...areas].sort(([one], [other]) => one.length - other.length)
  for (const [prefix, branch] of shortestFirst) {
    const width = 10 ** (digits - prefix.length)
    const start = Number(prefix) * width
    codes.fill(branch, start, start + width)
  }
  return codes
}

export interface BranchEffect {
  branch: string
  areasBefore: number
  areasAfter: number
  codesBefore: number
  codesAfter: number
}

/** Codes that go from one branch to another; null is nobody. */
export interface Move {
  from: string | null
  to: string | null
  codes: number
  /** The shortest prefixes that hold these codes and no other ones, the first few. */
  sample: string[]
}

export interface AreaEffect {
  branches: BranchEffect[]
  /** The largest first. */
  moves: Move[]
  movedCodes: number
  changedAreas: number
  gapCodesBefore: number
  gapCodesAfter: number
  /** The shortest prefixes under which no code has a branch afterwards. */
  gaps: string[]
}

const sampled = 8

/** What becomes of branches and codes when one set of areas takes the place of another. */
export function areaEffect(before: Areas, after: Areas): AreaEffect {
  const codesBefore = branchesOfCodes(before)
  const codesAfter = branchesOfCodes(after)
  const gaps = prefixesOf(codesAfter.flatMap((branch, code) => (branch === undefined ? [code] : [])))
  const moves = movesBetween(codesBefore, codesAfter)
  const count = (values: Iterable<string | undefined>) => {
    const counts = new Map<string | undefined, number>()
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
    return counts
  }
  const [areasBefore, areasAfter] = [count(before.values()), count(after.values())]
  const [ownBefore, ownAfter] = [count(codesBefore), count(codesAfter)]
  const codes = [...new Set([...before.values(), ...after.values()])].sort()
  return {
    branches: codes.map((branch) => ({
      branch,
      areasBefore: areasBefore.get(branch) ?? 0,
      areasAfter: areasAfter.get(branch) ?? 0,
      codesBefore: ownBefore.get(branch) ?? 0,
      codesAfter: ownAfter.get(branch) ?? 0,
    })),
    moves,
    movedCodes: moves.reduce((sum, move) => sum + move.codes, 0),
    changedAreas: [...new Set([...before.keys(), ...after.keys()])].filter(
      (prefix) => before.get(prefix) !== after.get(prefix),
    ).length,
    gapCodesBefore: ownBefore.get(undefined) ?? 0,
    gapCodesAfter: ownAfter.get(undefined) ?? 0,
    gaps,
  }
}

function movesBetween(
  before: readonly (string | undefined)[],
  after: readonly (string | undefined)[],
): Move[] {
  const moved = new Map<string, { from: string | null; to: string | null; codes: number[] }>()
  for (let code = 0; code < allCodes; code++) {
    const from = before[code] ?? null
    const to = after[code] ?? null
    if (from === to) continue
    const key = JSON.stringify([from, to])
    const move = moved.get(key) ?? { from, to, codes: [] }
    move.codes.push(code)
    moved.set(key, move)
  }
  return [...moved.values()]
    .map(({ from, to, codes }) => ({
      from,
      to,
      codes: codes.length,
      sample: prefixesOf(codes, sampled),
    }))
    .sort((one, other) => other.codes - one.codes)
}

/** The shortest prefixes that hold these codes (ascending) and no other ones; '' when these are all there are. */
export function prefixesOf(codes: readonly number[], most = Infinity): string[] {
  const found: string[] = []
  for (let at = 0; at < codes.length && found.length < most;) {
    const code = codes[at] ?? 0
    let width = 1
    const isWhole = (wider: number) => code % wider === 0 && codes[at + wider - 1] === code + wider - 1
    while (width < allCodes && isWhole(width * 10)) width *= 10
    found.push(
      String(code)
        .padStart(digits, '0')
        .slice(0, digits + 1 - String(width).length),
    )
    at += width
  }
  return found
}
