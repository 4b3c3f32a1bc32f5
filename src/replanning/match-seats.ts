/**
 * Gives as many as possible one of the seats that they can take, each seat to one (Kuhn's augmenting paths). Who
 * stands first keeps a seat rather than who stands later, and takes the first of its list where that costs nobody.
 * @param choices for each, the ids of the seats it can take, best first
 * @returns for each, its seat, or undefined
 */
export function matchSeats(choices: readonly (readonly number[])[]): (number | undefined)[] {
  const holderOf = new Map<number, number>()
  const place = (who: number, tried: Set<number>): boolean => {
    for (const seat of choices[who] ?? []) {
      if (tried.has(seat)) continue
      tried.add(seat)
      const holder = holderOf.get(seat)
      if (holder === undefined || place(holder, tried)) {
        holderOf.set(seat, who)
        return true
      }
    }
    return false
  }
  choices.forEach((_, who) => place(who, new Set()))
  const seats: (number | undefined)[] = choices.map(() => undefined)
  for (const [seat, who] of holderOf) seats[who] = seat
  return seats
}
