import { DatabaseError } from 'pg'
import { expect, test } from 'vitest'
import { createLogger } from './logger'

const logged = (fields: object): Record<string, unknown> => {
  const lines: string[] = []
  createLogger('info', { write: (line) => lines.push(line) }).error(fields, 'failed')
  return JSON.parse(lines.join('')) as Record<string, unknown>
}

const refusedRow = () =>
  Object.assign(new DatabaseError('duplicate key value', 100, 'error'), {
    code: '23505',
    detail: 'Key (number)=(EW-7K3F-92QX) already exists.',
    where: 'unnamed portal parameter $1 = Halina',
  })

test.each(['error', 'err'])(
  'a database error under "%s" is told without the row that it speaks of',
  (key) => {
    const line = logged({ [key]: refusedRow() })
    expect(line[key]).toMatchObject({ message: 'duplicate key value', code: '23505' })
    expect(JSON.stringify(line)).not.toMatch(/EW-7K3F|Halina/)
  },
)

test('several errors at once are told one by one, just as little', () => {
  const line = logged({ error: new AggregateError([refusedRow(), new Error('second')], 'some failed') })
  expect(line.error).toMatchObject({
    message: 'some failed',
    errors: [{ code: '23505' }, { message: 'second' }],
  })
  expect(JSON.stringify(line)).not.toContain('EW-7K3F')
})

test('an error says what happened and where', () => {
  const { error } = logged({ error: new Error('no room') }) as { error: Record<string, string> }
  expect(error).toMatchObject({ type: 'Error', message: 'no room' })
  expect(error.stack).toContain('logger.test')
})
