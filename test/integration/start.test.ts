import { once } from 'node:events'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { readPostmasterFile } from '../../src/platform/postgres/postmaster'
import { identifyProcess } from '../../src/platform/postgres/process-identity'
import { bookThroughApi, callApi, freeTimes } from '../support/api-client'
import { type ChildProduct, freePort, startChildProduct, startInVain } from '../support/child-product'
import { makeReachableFolder } from '../support/reachable-folder'
import { createTestDatabase, type TestDatabase } from '../support/template-database'

let folder: string
beforeAll(async () => {
  folder = await makeReachableFolder()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const production = {
  MODE: 'production',
  PUBLIC_URL: 'https://wizyta.example.org',
  SMTP_URL: 'smtp://localhost:2525',
  SMS_PROVIDER: 'http',
  SMS_URL: 'http://localhost:2526/',
}

/** What a start that failed told the person at the terminal. */
const refusal = async (environment: Record<string, string>): Promise<string> => {
  const port = String(await freePort())
  const { code, output } = await startInVain({ PORT: port, DATA_DIR: join(folder, 'data'), ...environment })
  const [heading, ...words] = output.split('\n').filter((line) => line !== '' && !line.startsWith('{'))
  expect({ code, heading }).toEqual({ code: 1, heading: 'e-Wizyta cannot start.' })
  expect(output).not.toMatch(/^\s+at /m)
  return words.join('\n')
}

describe('a start that cannot go well says in one sentence why, and what to do', () => {
  let taken: Server
  let database: TestDatabase
  beforeAll(async () => {
    taken = createServer().listen(0, 'localhost')
    await once(taken, 'listening')
    database = await createTestDatabase(inject('postgresUrl'), { empty: true })
  })
  afterAll(async () => {
    taken.close()
    await database.drop()
  })

  test('when another program has the port', async () => {
    const { port } = taken.address() as AddressInfo
    expect(await refusal({ PORT: String(port) })).toBe(
      `Port ${port} is taken by another program. Stop that program, or choose another port: PORT=${port + 1} npm start`,
    )
  })

  test('when a setting is wrong', async () => {
    expect(await refusal({ PORT: 'abc' })).toBe('The setting PORT must be a whole number.')
  })

  test('when nobody answers at DATABASE_URL', async () => {
    const port = await freePort()
    const told = await refusal({ DATABASE_URL: `postgres://somebody:secret@localhost:${port}/none` })
    expect(told).toMatch(
      /^The database at localhost:\d+ does not let us in \(.*ECONNREFUSED.*\)\. Check DATABASE_URL and whether the server runs; without the setting the embedded one is used\.$/,
    )
    expect(told).not.toContain('secret')
  })

  test('when the database of DATABASE_URL does not exist', async () => {
    const url = new URL(database.url)
    url.pathname = '/none'
    expect(await refusal({ DATABASE_URL: url.href })).toMatch(
      /^The database at .* does not let us in \(database "none" does not exist\)\. Check DATABASE_URL/,
    )
  })

  test('when a file lies where the data folder should be', async () => {
    const file = join(folder, 'file')
    await writeFile(file, 'not a folder')
    expect(await refusal({ DATA_DIR: file })).toMatch(
      /^The data folder .*file cannot be made or written \(EEXIST.*\)\. Make it writable for this user, or choose another: DATA_DIR=\/path npm start$/,
    )
  })

  test('when keys.json is damaged', async () => {
    const keys = join(folder, 'damaged', 'keys')
    await mkdir(keys, { recursive: true })
    await writeFile(join(keys, 'keys.json'), '{"current": 1, "ke')
    expect(await refusal({ DATA_DIR: join(folder, 'damaged') })).toBe(
      `The keys in ${keys} cannot be read (keys.json is not JSON). Put the file back from its backup; without it personal data stay sealed.`,
    )
  })

  test('when MODE=production lacks its settings', async () => {
    expect(await refusal({ MODE: 'production' })).toBe(
      ['PUBLIC_URL', 'SMTP_URL', 'SMS_PROVIDER']
        .map((name) => `With MODE=production the setting ${name} is needed.`)
        .join('\n'),
    )
  })

  test('when the database belongs to something else', async () => {
    await database.pool.query('create table institution (name text)')
    expect(await refusal({ DATABASE_URL: database.url })).toMatch(
      /^The tables could not be made or brought up to date \(relation "institution" already exists\)\. Give the product an empty database [^\n]*$/,
    )
    await database.pool.query('drop table institution')
  })

  test("when MODE=production finds sample values in the institution's data", async () => {
    const told = await refusal({ ...production, DATABASE_URL: database.url })
    expect(told).toMatch(
      /^The institution's data hold sample values, which must not reach citizens\. Fill in, in .*data.zus:\n/,
    )
    const tables = await database.pool.query('select only_one from institution')
    expect(tables.rows).toEqual([])
  })
})

describe('with MODE=production what citizens must be shown has to be there', () => {
  let database: TestDatabase
  let product: ChildProduct | undefined
  beforeAll(async () => {
    database = await createTestDatabase(inject('postgresUrl'))
  })
  afterAll(async () => {
    await product?.end('SIGKILL')
    await database.drop()
  })
  const environment = () => ({ ...production, DATABASE_URL: database.url })

  test('every sample and every empty place is named, and once all are filled the product starts', async () => {
    const { rows } = await database.pool.query<{ samples: number }>(`
      select (select count(*) from jsonb_each(legal_values) where value ->> 'sample' = 'true')
        + (select count(*) from jsonb_each(declaration -> 'values') where value ->> 'sample' = 'true')
        + 1 as samples from institution`)
    const told = await refusal(environment())
    expect(told).toMatch(
      /^What the institution must show citizens is not complete\. Fill in, in .*data.zus; /,
    )
    for (const line of ['legalValues.dpoContact: it holds a sample', 'declaration.dates: it holds a sample'])
      expect(told).toContain(line)
    expect(told.split('\n')).toHaveLength(1 + (rows[0]?.samples ?? 0))

    await database.pool.query(`
      update institution set
        legal_values = (select jsonb_object_agg(key, value || '{"sample": false}') from jsonb_each(legal_values)),
        declaration = jsonb_set(jsonb_set(declaration, '{dates,sample}', 'false'), '{values}', (
          select jsonb_object_agg(key, value || '{"sample": false}') from jsonb_each(declaration -> 'values')))`)
    product = await startChildProduct(environment())
    expect((await fetch(`${product.url}/dostepnosc`)).status).toBe(200)
    await product.end('SIGTERM')

    await database.pool.query(`update legal_text set body = ' ' where kind = 'rules' and language = 'uk'`)
    await database.pool.query(
      `update institution set declaration = jsonb_set(declaration, '{values,status,en}', '""')`,
    )
    expect((await refusal(environment())).split('\n').slice(1)).toEqual([
      'declaration.values.status: it holds a sample',
      'legalText.rules.uk: it is empty',
    ])
  })
})

describe('the product with a database of its own', () => {
  let data: string
  const started: ChildProduct[] = []
  beforeAll(() => {
    data = join(folder, 'fresh', 'data')
  })
  afterAll(async () => {
    for (const product of started) await product.end('SIGKILL')
    const left = await postmaster()
    if (left !== 0) process.kill(left, 'SIGQUIT')
  })

  const start = async () => {
    const product = await startChildProduct({ DATA_DIR: data })
    started.push(product)
    return product
  }
  const postmaster = async () => {
    const file = await readPostmasterFile(join(data, 'postgres', 'cluster'))
    return typeof file === 'object' ? file.pid : 0
  }
  const ready = async ({ url }: ChildProduct) => {
    const answer = await fetch(`${url}/readyz`)
    return { status: answer.status, body: (await answer.json()) as unknown }
  }
  const isReady = { status: 200, body: { ready: true, database: true, stopping: false } }

  let people = 0
  const book = async ({ url }: ChildProduct) => {
    const n = ++people
    const [startsAt = ''] = await freeTimes(url, { branch: 'POKAZ', topic: 'benefits', days: 2 })
    const email = `halina.${n}@example.org`
    const phone = `+4860100000${n}`
    const { status, body } = await bookThroughApi(url, {
      branch: 'POKAZ',
      topic: 'benefits',
      startsAt,
      phone,
      email,
    })
    expect(status).toBe(201)
    return { number: body['number'], email, startsAt }
  }
  const find = async ({ url }: ChildProduct, { number, email }: { number: unknown; email: string }) => {
    const { status, body } = await callApi(url, '/visits/find', { number, email })
    return { status, state: body['state'], startsAt: body['startsAt'] }
  }

  test('starts on an empty folder, keeps what it acknowledged through a stop and a kill, and leaves no PostgreSQL', async () => {
    const first = await start()
    expect(first.output()).toContain(`Citizens                 ${first.url}/\n`)
    expect(await ready(first)).toEqual(isReady)
    const [link = ''] = /http\S+\/spotkanie\/\S+/.exec(first.output()) ?? []
    const visit = await fetch(link)
    expect(visit.status).toBe(200)
    expect(await visit.text()).toContain('<h1')
    const early = await book(first)
    const server = await postmaster()
    expect(await identifyProcess(server)).toBeDefined()

    expect(await first.end('SIGTERM')).toMatchObject({ code: 0 })
    expect(await identifyProcess(server)).toBeUndefined()

    const second = await start()
    expect(await find(second, early)).toEqual({ status: 200, state: 'booked', startsAt: early.startsAt })
    const late = await book(second)
    await second.end('SIGKILL')

    const third = await start()
    expect(await ready(third)).toEqual(isReady)
    for (const one of [early, late])
      expect(await find(third, one)).toEqual({ status: 200, state: 'booked', startsAt: one.startsAt })
    expect(await third.end('SIGTERM')).toMatchObject({ code: 0 })

    expect(await refusal({ ...production, DATA_DIR: data })).toBe(
      'This database was made by the demonstration: it holds sample accounts whose password everybody knows. With MODE=production give it a database of its own (DATABASE_URL or DATA_DIR).',
    )
    expect(await postmaster()).toBe(0)
  }, 180_000)
})
