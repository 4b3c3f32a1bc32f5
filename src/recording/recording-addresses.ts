export const recordingsPath = '/pracownik/nagrania'

export const recordingAddresses = (visitId: string) => {
  const page = `/pracownik/nagranie/${visitId}`
  return {
    page,
    watch: `${page}/ogladaj`,
    hold: `${page}/wstrzymaj`,
    release: `${page}/zwolnij`,
    erase: `${page}/usun`,
    view: (viewId: string) => `${page}/odtwarzanie/${viewId}`,
  }
}

/** Name of the one field of every form there. */
export const reasonField = 'powod'
