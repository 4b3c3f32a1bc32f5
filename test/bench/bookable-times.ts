import { query } from './bench-run'

/** A time that one person can book: `topicCode` is served there by a desk of its own. */
export interface BookableTime {
  branchId: number
  branchCode: string
  topicId: number
  topicCode: string
  startsAt: Date
}

/** Topics that different desks of a branch serve: bookings of one never take a seat that the other needs. */
const topics = ['benefits', 'business']

/** `count` free times spread over all real branches and the whole horizon, in random order. */
export async function bookableTimes(databaseUrl: string, count: number): Promise<BookableTime[]> {
  const times = await query<BookableTime & { [column: string]: unknown }>(
    databaseUrl,
    `select distinct branch.id as "branchId", branch.code as "branchCode", topic.id as "topicId",
       topic.code as "topicCode", seat.starts_at as "startsAt", random() as place
     from branch
       join desk on desk.branch_id = branch.id
       join desk_topic on desk_topic.desk_id = desk.id
       join topic on topic.id = desk_topic.topic_id and topic.code = any($1)
       join seat on seat.desk_id = desk.id and seat.state = 'free' and seat.starts_at > $2
     where not branch.sample and (select count(*) from desk_topic as served where served.desk_id = desk.id) < 5
     order by place limit $3`,
    // All reminders are still ahead, and no desk is told of the visit
    [topics, new Date(Date.now() + 72 * 3_600_000), count],
  )
  if (times.length < count) throw new Error(`Only ${times.length} of ${count} times are free`)
  return times
}
