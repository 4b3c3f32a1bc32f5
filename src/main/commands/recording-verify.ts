import { verifyRecording } from '../../recording/verify-recording'
import { recordingStore } from '../open-store'
import { runCommand } from './command'

await runCommand(async ({ config, db, keys, args, say }) => {
  const store = recordingStore(config.recordings)
  const [wanted] = args
  const recordings = await db
    .selectFrom('recording')
    .innerJoin('visit', 'visit.id', 'recording.visit_id')
    .select(['visit.id', 'visit.number'])
    .$if(wanted !== undefined, (query) =>
      query.where((any) =>
        any.or([
          any('visit.number', '=', (wanted ?? '').toUpperCase()),
          any(any.cast<string>('visit.id', 'text'), '=', (wanted ?? '').toLowerCase()),
        ]),
      ),
    )
    .orderBy('recording.started_at')
    .execute()
  if (wanted !== undefined && recordings.length === 0) {
    say(`There is no recording of ${wanted}.`)
    return 2
  }
  let broken = 0
  for (const { id, number } of recordings) {
    const verdict = await verifyRecording({ db, store, keys }, id)
    if (verdict.outcome === 'broken') {
      broken++
      say(`${number}: BROKEN`)
      for (const finding of verdict.findings) say(`  ${finding}`)
    } else if (verdict.outcome === 'whole')
      say(`${number}: whole (${verdict.sessions} page loads, ${verdict.files} files, ${verdict.bytes} bytes)`)
    else
      say(
        `${number}: ${verdict.outcome === 'erased' ? 'erased' : 'whole so far; its files are not made yet'}`,
      )
  }
  say(`${recordings.length} recordings read, ${broken} broken.`)
  return broken > 0 ? 1 : 0
})
