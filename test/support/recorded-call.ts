import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { deskIds } from '../../src/contract/desk-boot'
import { meetingIds } from '../../src/contract/meeting-boot'
import { openDatabase } from '../../src/platform/db'
import { createFolderStore } from '../../src/platform/folder-store'
import { openKeys } from '../../src/platform/keys'
import { deskSignIn, inState, patience } from '../bench/call-people'
import { addJoinableVisits, type JoinableVisit } from '../bench/joinable-visits'
import { type BrowserPerson, launchPerson, type PersonOptions } from './browser'
import { recordedSessions } from './recorded-journal'

/** A product that runs as a process, its database and its store, from outside. */
export interface RunningProduct {
  url: string
  databaseUrl: string
  dataFolder: string
}

const seen = (page: Page) => page.locator('#nagranie[data-recording=on]').waitFor(patience)

/** Visits that can be joined now, and calls of them between two browsers. */
export async function recordedCalls(product: RunningProduct, visits: number) {
  const joinable = await addJoinableVisits(product, visits)
  const keys = await openKeys(join(product.dataFolder, 'keys'))
  const { db, close } = openDatabase(product.databaseUrl, { maxConnections: 2 })
  const store = createFolderStore(join(product.dataFolder, 'recordings'))
  const people: BrowserPerson[] = []
  const launch = async (options: PersonOptions) => {
    const person = await launchPerson(options)
    people.push(person)
    return person
  }

  return {
    db,
    keys,
    store,
    launch,
    /** The next visit that nobody has joined yet. */
    nextVisit(): JoinableVisit {
      const visit = joinable.shift()
      if (!visit) throw new Error('There is no visit left')
      return visit
    },
    signIn: (officer: Page) => deskSignIn(officer, product.url),
    /** From the client's link to a call in which both see each other; the officer is signed in. */
    async join(visit: JoinableVisit, client: Page, officer: Page): Promise<void> {
      await client.goto(visit.meetingUrl)
      await client.locator(`#${meetingIds.allow}`).click()
      await client.locator(`#${meetingIds.enter}`).click()
      await inState(client, 'waiting')
      await officer.goto(`${product.url}/pracownik/wizyta/${visit.id}`)
      await officer
        .locator(`#${deskIds.callInForm} button, button[form=${deskIds.callInForm}]`)
        .first()
        .click()
      await inState(client, 'invited')
      await client.locator(`#${meetingIds.invitationEnter}`).click(patience)
      await inState(client, 'call')
    },
    /** Both are told that it is recorded. */
    async isRecorded(client: Page, officer: Page): Promise<void> {
      await seen(officer)
      await seen(client)
    },
    async end(officer: Page): Promise<void> {
      await officer.locator('#formularz-zakoncz select').first().selectOption('settled')
      await officer.locator('button[form="formularz-zakoncz"]').click()
      await officer.waitForURL('**/pracownik/dzien*')
    },
    sessions: (visitId: string) => recordedSessions({ db, keys, store }, visitId),
    async close(): Promise<void> {
      for (const person of people) await person.close().catch(() => undefined)
      await close()
    },
  }
}
export type RecordedCalls = Awaited<ReturnType<typeof recordedCalls>>
