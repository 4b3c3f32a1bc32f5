const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** 16 random characters: new for every page load, so that the others know a reload from a lost connection. */
export function newPageId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => alphabet.charAt(byte % 64)).join('')
}

const tabKey = 'e-wizyta.tab'

/** Stays the same through reloads of this tab; another tab or device has another one. */
export function tabId(memory: TabMemory): string {
  const known = memory.get(tabKey)
  if (known !== null) return known
  const id = newPageId()
  memory.set(tabKey, id)
  return id
}

/** What a tab remembers through reloads. */
export interface TabMemory {
  get(key: string): string | null
  set(key: string, value: string | null): void
}

/** sessionStorage, or plain memory where the browser forbids storage: then a reload starts anew. */
export function tabMemory(): TabMemory {
  const fallback = new Map<string, string>()
  const storage = sessionStorageOrNull()
  return {
    get: (key) => (storage ? storage.getItem(key) : (fallback.get(key) ?? null)),
    set: (key, value) => {
      if (value === null) {
        fallback.delete(key)
        storage?.removeItem(key)
        return
      }
      fallback.set(key, value)
      storage?.setItem(key, value)
    },
  }
}

function sessionStorageOrNull(): Storage | null {
  try {
    const probe = 'e-wizyta.probe'
    window.sessionStorage.setItem(probe, '1')
    window.sessionStorage.removeItem(probe)
    return window.sessionStorage
  } catch {
    return null
  }
}

/** A random UUID; `crypto.randomUUID` is not in the oldest browsers. */
export function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => `0${byte.toString(16)}`.slice(-2)).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
