import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parse } from 'acorn'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildIslands } from '../../scripts/build-islands.mjs'

/** What citizens load on Chrome 70 and Safari 12. */
const clientBundles = ['meeting.js', 'device-check.js']

/**
 * Web APIs and built-ins that came after Chrome 70 or Safari 12: the build lowers syntax, not these.
 */
const tooNew = [
  'structuredClone',
  'queueMicrotask',
  'globalThis',
  'ResizeObserver',
  'IntersectionObserver',
  'BroadcastChannel',
  'AbortSignal.timeout',
  'Promise.allSettled',
  'Promise.any',
  'Object.fromEntries',
  'Object.hasOwn',
  'crypto.randomUUID',
  'requestVideoFrameCallback',
  '.replaceAll(',
  '.flatMap(',
  '.flat(',
  '.at(',
  '.matchAll(',
  '.toSorted(',
  '.findLast(',
  '.replaceChildren(',
  '.append(',
  '.toggleAttribute(',
  '.navigator.locks',
  'MediaRecorder',
  'RTCRtpScriptTransform',
]

let folder: string
const sources: Record<string, string> = {}
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'e-wizyta-islands-'))
  const manifest = await buildIslands({ outDir: folder, minify: true, quiet: true })
  for (const name of clientBundles)
    sources[name] = await readFile(join(folder, manifest[name] ?? name), 'utf8')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe.each(clientBundles)('%s', (name) => {
  test('is written in the language of 2018', () => {
    expect(() => parse(sources[name] ?? '', { ecmaVersion: 2018, sourceType: 'script' })).not.toThrow()
  })

  test('asks for nothing that Chrome 70 and Safari 12 do not have', () => {
    expect(tooNew.filter((api) => sources[name]?.includes(api))).toEqual([])
  })

  test('is far below 150 kB over the wire', () => {
    expect(gzipSync(sources[name] ?? '').length).toBeLessThan(150_000)
  })
})

test('a phrase that is too new would be found', () => {
  expect(() => parse('a?.b', { ecmaVersion: 2018, sourceType: 'script' })).toThrow()
  expect(tooNew.some((api) => 'x.flatMap(y)'.includes(api))).toBe(true)
})
