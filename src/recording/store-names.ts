/** Where the bytes of a recording lie in the store; everything of one recording is under one prefix. */
export const recordingPrefix = (visitId: string): string => `recordings/${visitId}/`
export const partName = (visitId: string, sessionId: string, part: number): string =>
  `${recordingPrefix(visitId)}journal/${sessionId}/${String(part)}`
export const filesPrefix = (visitId: string): string => `${recordingPrefix(visitId)}files/`
export const fileName = (visitId: string, run: string, name: string): string =>
  `${filesPrefix(visitId)}${run}/${name}`
