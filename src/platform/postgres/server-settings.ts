/** PostgreSQL settings by name, e.g. `{ fsync: 'off' }`. */
export type ServerSettings = Readonly<Record<string, string | number>>

/** A small server beside the product: one machine, at most some tens of connections. */
export const defaultSettings: ServerSettings = {
  listen_addresses: '127.0.0.1',
  // Paths of sockets may have 107 bytes; data folders are longer
  unix_socket_directories: '',
  max_connections: 100,
  shared_buffers: '128MB',
  max_wal_size: '512MB',
  // Short queries only; parallel ones would need more shared memory than a container gives
  max_parallel_workers_per_gather: 0,
  max_parallel_maintenance_workers: 0,
  max_logical_replication_workers: 0,
  // Failed statements are told to the product, not the log: they may hold personal data
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  cluster_name: 'e-wizyta',
}

export function asArguments(settings: ServerSettings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
