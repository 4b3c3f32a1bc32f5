import type { ObjectStore } from '../../src/platform/object-store'

export interface StoreFaults {
  /** Every append fails from now on, as on a full disk; resolves once one has. */
  failAppends(): Promise<void>
  /** Every append waits from now on, as with a store that does not answer. */
  holdAppends(): void
  mend(): void
}

/** A store that works until it is told to fail. */
export function faultyStore(store: ObjectStore): { store: ObjectStore; faults: StoreFaults } {
  let fault: 'none' | 'fail' | 'hold' = 'none'
  let failed: (() => void) | undefined
  let released: (() => void)[] = []
  const meetFault = async () => {
    if (fault === 'fail') {
      failed?.()
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
    }
    if (fault === 'hold') await new Promise<void>((resolve) => released.push(resolve))
  }
  return {
    store: {
      ...store,
      async check() {
        await meetFault()
        await store.check()
      },
      async createLog(name) {
        const log = await store.createLog(name)
        return {
          get length() {
            return log.length
          },
          append: async (pieces) => {
            await meetFault()
            await log.append(pieces)
          },
          close: () => log.close(),
        }
      },
    },
    faults: {
      failAppends() {
        fault = 'fail'
        return new Promise((resolve) => {
          failed = resolve
        })
      },
      holdAppends() {
        fault = 'hold'
      },
      mend() {
        fault = 'none'
        for (const release of released.splice(0)) release()
        released = []
      },
    },
  }
}
