/** Typed events: `Events` maps a name to what its listeners get. */
export interface Emitter<Events> {
  /** Returns the way to stop listening. */
  on: <Name extends keyof Events>(name: Name, listener: (value: Events[Name]) => void) => () => void
  emit: <Name extends keyof Events>(name: Name, value: Events[Name]) => void
}

type Listener<Events> = { [Name in keyof Events]: (value: Events[Name]) => void }[keyof Events]

/** `EventTarget` has no constructor in Safari before 14, and its events carry no types. */
export function createEmitter<Events>(): Emitter<Events> {
  const listeners = new Map<keyof Events, Listener<Events>[]>()
  return {
    on(name, listener) {
      listeners.set(name, [...(listeners.get(name) ?? []), listener as Listener<Events>])
      return () => {
        listeners.set(
          name,
          (listeners.get(name) ?? []).filter((other) => other !== listener),
        )
      }
    },
    emit(name, value) {
      for (const listener of listeners.get(name) ?? []) (listener as (given: typeof value) => void)(value)
    },
  }
}
