import { mkdtemp, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { findChromium } from '../../scripts/find-chromium.mjs'
import { type FakePerson, type FakePicture, fakeMedia } from './fake-media'

/** A browser process of its own with one person in front of it. */
export interface BrowserPerson {
  context: BrowserContext
  page: Page
  /** Folder of the profile. */
  profile: string
  /** Number of the browser's own process, from which all others descend. */
  pid(): Promise<number>
  /** Ends the browser as a power cut does; its profile stays for another one, until that is closed. */
  kill(): Promise<void>
  close(): Promise<void>
}

export interface PersonOptions {
  /** Whose fake camera and microphone; `none`: no device at all; `denied`: the person refuses. */
  camera: FakePerson | 'none' | 'denied'
  /** What the camera gives: a light picture unless said otherwise. */
  picture?: FakePicture
  locale?: string
  viewport?: { width: number; height: number }
  /** Port of this machine -> port that is opened instead, by the same address: a way that a test can break. */
  detour?: { from: number; to: number }
  /** Hash of a self-made certificate's public key, trusted by this browser. */
  trusts?: string
  /** Of a browser that was killed; a fresh one otherwise. */
  profile?: string
}

const quiet = [
  // Containers run as root and with a small /dev/shm
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  '--metrics-recording-only',
  '--mute-audio',
]
/** Without loopback candidates two browsers of one machine without a network find no path. */
const callable = ['--allow-loopback-in-peer-connection', '--autoplay-policy=no-user-gesture-required']

/** Starts Chromium for one person, with a profile of its own and the devices asked for. */
export async function launchPerson(options: PersonOptions): Promise<BrowserPerson> {
  const { detour, trusts } = options
  const profile = options.profile ?? (await mkdtemp(join(tmpdir(), 'e-wizyta-browser-')))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browserProgram(),
    args: [
      ...quiet,
      ...callable,
      ...(await deviceFlags(options)),
      ...(trusts === undefined ? [] : [`--ignore-certificate-errors-spki-list=${trusts}`]),
      ...(detour ? [`--host-rules=MAP localhost:${detour.from} 127.0.0.1:${detour.to}`] : []),
    ],
    locale: options.locale ?? 'pl-PL',
    timezoneId: 'Europe/Warsaw',
    viewport: options.viewport ?? { width: 1280, height: 720 },
  })
  const [opened] = context.pages()
  return {
    context,
    page: opened ?? (await context.newPage()),
    profile,
    pid: () => processOf(profile),
    async kill() {
      const closed = new Promise((resolve) => context.once('close', resolve))
      process.kill(await processOf(profile), 'SIGKILL')
      await closed
      for (const name of ['SingletonLock', 'SingletonCookie', 'SingletonSocket'])
        await rm(join(profile, name), { force: true })
    },
    async close() {
      await context.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
}

/** Chromium names its process in the lock of its profile: 'host-1234'. */
const processOf = async (profile: string): Promise<number> =>
  Number(/-(\d+)$/.exec(await readlink(join(profile, 'SingletonLock')))?.[1])

let program: string | undefined

function browserProgram(): string {
  program ??= findChromium()
  if (program === undefined) throw new Error('No Chromium found: install one or name it in CHROMIUM_PATH')
  return program
}

async function deviceFlags({ camera, picture }: PersonOptions): Promise<string[]> {
  // Fake devices exist in all cases but `none`; without the fake dialogue headless Chromium refuses by itself
  if (camera === 'none') return ['--use-fake-ui-for-media-stream']
  if (camera === 'denied') return ['--use-fake-device-for-media-stream', '--deny-permission-prompts']
  const { video, audio } = await fakeMedia(camera, picture)
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${video}`,
    `--use-file-for-fake-audio-capture=${audio}`,
  ]
}
