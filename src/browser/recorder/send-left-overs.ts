import { openJournal } from './open-journal'
import { readSpool, spoolCipher, type SpoolFile } from './spool-format'
import { spooledSessions, withSpoolFile } from './spool-files'
import type { Uploader, UploadEnd } from './upload-batches'
import type { LeftOvers, ToWorker } from './worker-messages'

type Request = Extract<ToWorker, { type: 'leftOvers' }>

/** So much is read from the disk ahead of the server. */
const aheadBytes = 8 * 1024 * 1024

/** Sends, one session after the other, what pages of this computer could not send before they ended. */
export async function sendLeftOvers(
  { address, notVisit }: Request,
  onChange: (leftOvers: LeftOvers) => void,
): Promise<void> {
  const left = { waiting: 0, foreign: 0 }
  const tell = (): void => onChange({ ...left })
  for (const { visitId, session } of await spooledSessions()) {
    await withSpoolFile(visitId, session, async (file) => {
      if (!file) return 'keep'
      const holds = file.getSize() > 0
      if (holds) left.waiting++
      tell()
      const end = await sendSpool(file, address.replace('{id}', visitId), session)
      if (holds) left.waiting--
      if (end === 'refused' && holds && visitId !== notVisit) left.foreign++
      tell()
      // What the server refuses for good in parts stays for somebody to look at
      return end === 'done' || end === 'erased' || (end === 'refused' && !holds) ? 'remove' : 'keep'
    })
  }
  tell()
}

function sendSpool(file: SpoolFile, address: string, session: string): Promise<UploadEnd> {
  return new Promise((resolve) => {
    let room: (() => void) | undefined
    let filling = false
    const uploader: Uploader = openJournal(address, session, {
      onReady({ have, spoolKey }) {
        if (filling) return
        filling = true
        void fill(have, spoolKey)
      },
      onTime: () => undefined,
      onAcked: () => room?.(),
      onChange({ end }) {
        if (end) resolve(end)
      },
    })
    const fill = async (have: number, key: string): Promise<void> => {
      let last = have
      for await (const batch of readSpool(file, await spoolCipher(key), session)) {
        uploader.add(batch)
        last = Math.max(last, batch.number)
        while (uploader.state().waitingBytes > aheadBytes && uploader.state().end === null)
          await new Promise<void>((wake) => {
            room = wake
          })
      }
      uploader.end(last)
    }
  })
}
