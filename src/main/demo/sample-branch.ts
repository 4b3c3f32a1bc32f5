import { keepFirstAreas } from '../../institution/areas/areas-store'
import { type Db, inTransaction, type Tx } from '../../platform/db'
import type { Day } from '../../platform/zone'

/** The code, postal code and name by which everybody sees that this branch is not real. */
export const sampleBranch = {
  code: 'POKAZ',
  name: 'Oddział pokazowy (całą dobę)',
  city: 'Pokaz',
  postalPrefix: '00000',
  /** For topics that are led by country. */
  country: 'UA',
} as const

const roundTheClockDesks = ['Stanowisko pokazowe 1', 'Stanowisko pokazowe 2']
/** Desks without windows: a visit that starts now gets its seat made here. */
export const instantDeskPrefix = 'Stanowisko pokazowe: teraz'

/** Adds the demonstration branch, whose desks serve every topic at every hour, unless it is there. */
export async function addSampleBranch(
  db: Db,
  { validFrom, visitMinutes, bufferMinutes }: { validFrom: Day; visitMinutes: number; bufferMinutes: number },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const added = await tx
      .insertInto('branch')
      .values({ code: sampleBranch.code, name: sampleBranch.name, city: sampleBranch.city, sample: true })
      .onConflict((conflict) => conflict.column('code').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!added) return
    await tx
      .insertInto('postal_area')
      .values({ prefix: sampleBranch.postalPrefix, branch_id: added.id })
      .execute()
    await tx
      .insertInto('country_branch')
      .values({ country: sampleBranch.country, branch_id: added.id })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await keepFirstAreas(tx)
    const desks = await addDesks(tx, added.id, roundTheClockDesks)
    const windows = desks.flatMap((desk) =>
      [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
        desk_id: desk.id,
        weekday,
        opens: '00:00',
        closes: '24:00',
        visit_minutes: visitMinutes,
        buffer_minutes: bufferMinutes,
        valid_from: validFrom,
        on_holidays: true,
      })),
    )
    await tx.insertInto('desk_window').values(windows).execute()
  })
}

async function addDesks(tx: Tx, branchId: number, names: string[]): Promise<{ id: number; name: string }[]> {
  const desks = await tx
    .insertInto('desk')
    .values(names.map((name) => ({ branch_id: branchId, name })))
    .returning(['id', 'name'])
    .execute()
  const topics = await tx.selectFrom('topic').select('id').execute()
  await tx
    .insertInto('desk_topic')
    .values(desks.flatMap((desk) => topics.map((topic) => ({ desk_id: desk.id, topic_id: topic.id }))))
    .execute()
  return desks
}

/** One more desk for visits that start now. */
export async function addInstantDesk(tx: Tx): Promise<{ id: number; branch_id: number }> {
  const branch = await tx
    .selectFrom('branch')
    .leftJoin('desk', 'desk.branch_id', 'branch.id')
    .where('branch.code', '=', sampleBranch.code)
    .groupBy('branch.id')
    .select(['branch.id', ({ fn }) => fn.count<number>('desk.id').as('desks')])
    .executeTakeFirstOrThrow()
  const [desk] = await addDesks(tx, branch.id, [`${instantDeskPrefix} ${branch.desks}`])
  if (!desk) throw new Error('The desk was not added')
  return { id: desk.id, branch_id: branch.id }
}
