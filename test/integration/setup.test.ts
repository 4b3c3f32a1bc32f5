import { chmod, readFile, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Checkout, lockFile, makeCheckout } from '../support/checkout'

let checkout: Checkout

beforeEach(async () => {
  checkout = await makeCheckout()
})

afterEach(() => rm(checkout.root, { recursive: true, force: true }))

const npmCi = 'npm ci --include=dev --include=optional --no-audit --no-fund --loglevel=error'

describe('a fresh checkout', () => {
  test('is installed and built, in that order, saying one line for each', async () => {
    expect(await checkout.setUp('start')).toEqual({
      code: 0,
      lines: ['Installing the packages the product is made of (npm ci) ...', 'Building the product ...'],
    })
    expect(await checkout.asked()).toEqual([npmCi, 'build'])
  })

  test('is set up once, also when several starts come at the same time', async () => {
    const ends = await Promise.all([1, 2, 3].map(() => checkout.setUp('start')))
    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0])
    expect(await checkout.asked()).toEqual([npmCi, 'build'])
  })

  test('whose packages were installed by hand is only built', async () => {
    await checkout.write('node_modules/.package-lock.json', lockFile('1.0.0'))
    await checkout.setUp('start')
    expect(await checkout.asked()).toEqual(['build'])
  })

  test('without a build script yet is only installed', async () => {
    await rm(join(checkout.root, 'scripts', 'build.mjs'))
    expect(await checkout.setUp('start')).toMatchObject({ code: 0 })
    expect(await checkout.asked()).toEqual([npmCi])
  })

  test('is installed in full although the npm that starts us was told to leave parts out', async () => {
    await checkout.setUp('start', { npm_config_omit: 'dev', npm_lifecycle_event: 'prestart' })
    expect(await checkout.asked()).toEqual([npmCi, 'build'])
  })
})

describe('a checkout that was set up', () => {
  beforeEach(async () => {
    await checkout.setUp('start')
    await rm(join(checkout.root, 'asked'))
  })

  test('is left alone, in silence', async () => {
    expect(await checkout.setUp('start')).toEqual({ code: 0, lines: [] })
    expect(await checkout.asked()).toEqual([])
  })

  test('is installed and built again when the lock file changed', async () => {
    await checkout.write('package-lock.json', lockFile('1.0.1'))
    await checkout.setUp('start')
    expect(await checkout.asked()).toEqual([npmCi, 'build'])
  })

  test.each(['src/main/server.ts', 'src/new.ts', 'data/zus/topics.json', 'scripts/build-islands.mjs'])(
    'is built again when %s changed',
    async (path) => {
      await checkout.write(path, 'changed')
      await checkout.setUp('start')
      expect(await checkout.asked()).toEqual(['build'])
    },
  )

  test.each(['data/local/keys.json', 'src/booking/seat.test.ts', 'README.md'])(
    'is not built again when %s changed',
    async (path) => {
      await checkout.write(path, 'changed')
      await checkout.setUp('start')
      expect(await checkout.asked()).toEqual([])
    },
  )

  test('is not built again when files were only touched', async () => {
    await utimes(join(checkout.root, 'src/main/server.ts'), 1, 1)
    await checkout.setUp('start')
    expect(await checkout.asked()).toEqual([])
  })

  test('is built again when the build was removed', async () => {
    await rm(join(checkout.root, 'dist'), { recursive: true })
    await checkout.setUp('start')
    expect(await checkout.asked()).toEqual(['build'])
  })
})

describe('what goes wrong is said in one sentence with the remedy', () => {
  test.each([
    ['npm error code ENOTFOUND', 'connect this machine to the npm registry'],
    ['npm error code ENOSPC', 'free about 1 GB'],
    ['npm error code EACCES', 'run npm ci as the owner of this folder'],
    ['npm error code EUSAGE', 'take both from the same version'],
    ['npm error something else', 'remove the cause named below'],
  ])('%s', async (said, remedy) => {
    const { code, lines } = await checkout.setUp('start', { NPM_SAYS: said })
    expect(code).toBe(1)
    expect(lines[1]).toContain(remedy)
    expect(lines.slice(2)).toEqual([`  ${said}`])
    expect(await checkout.asked()).toEqual([npmCi])
  })

  test('a failed installation or build is tried again next time', async () => {
    await checkout.setUp('start', { NPM_SAYS: 'npm error code ENOTFOUND' })
    expect(await checkout.setUp('start', { BUILD_CODE: '3' })).toMatchObject({ code: 3 })
    expect(await checkout.setUp('start')).toMatchObject({ code: 0 })
    expect(await checkout.asked()).toEqual([npmCi, npmCi, 'build', 'build'])
  })

  test('a CHROMIUM_PATH that names no program is not passed over', async () => {
    const { code, lines } = await checkout.setUp('test', { CHROMIUM_PATH: '/no/such/browser' })
    expect(code).toBe(1)
    expect(lines.at(-1)).toBe(
      'CHROMIUM_PATH names /no/such/browser, which is no program: correct or unset it.',
    )
  })
})

test('the chosen Chromium is taken for tests, and nothing is fetched', async () => {
  const browser = join(checkout.root, 'browser')
  await checkout.write('browser', '#!/bin/sh\n')
  await chmod(browser, 0o755)
  expect(await checkout.setUp('test', { CHROMIUM_PATH: browser })).toMatchObject({ code: 0 })
  expect(await checkout.setUp('test', { CHROMIUM_PATH: browser })).toEqual({ code: 0, lines: [] })
  expect(await readFile(join(checkout.root, 'dist', '.built-from'), 'utf8')).toMatch(/^[0-9a-f]{64}$/)
})
