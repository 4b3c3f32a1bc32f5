import { newReadableNumber } from '../booking/visit-number'
import { sqlState, violatedConstraint } from '../platform/db'

const mostTries = 5

/** Runs `work` with a random reference number, again with another one when that is taken already. */
export async function withFreshReference<Done>(
  prefix: 'WZ' | 'PP',
  work: (reference: string) => Promise<Done>,
  newNumber: (prefix: 'WZ' | 'PP') => string = newReadableNumber,
): Promise<Done> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(newNumber(prefix))
    } catch (error) {
      const isTaken =
        sqlState(error) === '23505' && violatedConstraint(error)?.endsWith('_reference_key') === true
      if (!isTaken || attempt >= mostTries) throw error
    }
  }
}
