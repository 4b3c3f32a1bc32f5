import type { RecordingKey } from './recording-key'

/**
 * A part of a journal as it lies in the store: pieces, each length u32 (big-endian) and a sealed batch. A last piece
 * that is cut off was never acknowledged.
 */
export const lengthBytes = 4

const context = (sessionId: string, number: number) => `journal:${sessionId}:${number}`

/** A batch, sealed and ready to be appended: what is to be written one after the other. */
export function sealPiece(
  key: RecordingKey,
  sessionId: string,
  number: number,
  batch: Uint8Array,
): readonly Uint8Array[] {
  const sealed = key.sealInPieces(batch, context(sessionId, number))
  const length = Buffer.allocUnsafe(lengthBytes)
  length.writeUInt32BE(sealed[0].length + sealed[1].length)
  return [length, ...sealed]
}

/** @throws when the piece was changed, or is of another session or number */
export const unsealPiece = (
  key: RecordingKey,
  sessionId: string,
  number: number,
  sealed: Uint8Array,
): Buffer => key.unseal(sealed, context(sessionId, number))
