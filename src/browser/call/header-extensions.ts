interface Negotiable {
  getHeaderExtensionsToNegotiate?: () => { uri: string; direction: RTCRtpTransceiverDirection }[]
  setHeaderExtensionsToNegotiate?: (extensions: { uri: string; direction: string }[]) => void
}

/**
 * Asks that packets tell when they were captured and frames which ones they build on, as far as the browser can:
 * a recording needs both, from either side, and they are fixed by the first offer.
 */
export function askForFrameFacts(pc: RTCPeerConnection): void {
  for (const transceiver of pc.getTransceivers()) {
    const negotiable = transceiver as Negotiable
    const extensions = negotiable.getHeaderExtensionsToNegotiate?.()
    if (!extensions) return
    for (const extension of extensions)
      if (/dependency-descriptor|abs-capture-time/.test(extension.uri)) extension.direction = 'sendrecv'
    negotiable.setHeaderExtensionsToNegotiate?.(extensions)
  }
}
