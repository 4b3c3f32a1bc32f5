const mimeTypes = ['video/vp8', 'video/h264', 'video/rtx', 'video/red', 'video/ulpfec']
export const vp8Only: readonly string[] = mimeTypes.filter((type) => type !== 'video/h264')

/** VP8 first, H.264 for devices without it, and what repairs losses; the order of equal ones is kept. */
export function preferredCodecs<Codec extends { mimeType: string }>(
  codecs: readonly Codec[],
  wanted: readonly string[] = mimeTypes,
): Codec[] {
  return wanted.reduce<Codec[]>(
    (chosen, type) => chosen.concat(codecs.filter((codec) => codec.mimeType.toLowerCase() === type)),
    [],
  )
}

/** Applies the order to every picture of the connection; old browsers keep their own order, which has both. */
export function preferCodecs(pc: RTCPeerConnection, wanted: readonly string[] = mimeTypes): void {
  const capabilities = 'RTCRtpReceiver' in window && 'getCapabilities' in RTCRtpReceiver
  if (!capabilities || !('getTransceivers' in pc)) return
  const codecs = preferredCodecs(RTCRtpReceiver.getCapabilities('video')?.codecs ?? [], wanted)
  if (codecs.length === 0) return
  for (const transceiver of pc.getTransceivers()) {
    if (transceiver.receiver.track.kind !== 'video' || !('setCodecPreferences' in transceiver)) continue
    transceiver.setCodecPreferences(codecs)
  }
}
