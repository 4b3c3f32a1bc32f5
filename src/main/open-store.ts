import type { StoreConfig } from '../config/config'
import { createFolderStore } from '../platform/folder-store'
import type { ObjectStore } from '../platform/object-store'
import { createS3Store } from '../platform/s3-store'

/** The store that the configuration names. */
export function recordingStore(config: StoreConfig): ObjectStore {
  if (config.kind === 'folder') return createFolderStore(config.folder)
  return createS3Store({ ...config, secretKey: config.secretKey.reveal() })
}
