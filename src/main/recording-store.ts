import type { StoreConfig } from '../config/config'
import { createFolderStore } from '../platform/folder-store'
import type { ObjectStore } from '../platform/object-store'

/** The store that the configuration names. */
export function recordingStore(config: StoreConfig): ObjectStore {
  if (config.kind === 'folder') return createFolderStore(config.folder)
  throw new Error('S3 follows in the next change')
}
