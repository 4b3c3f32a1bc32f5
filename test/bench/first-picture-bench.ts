import type { Page } from 'playwright-core'
import { deskIds } from '../../src/contract/desk-boot'
import { meetingIds } from '../../src/contract/meeting-boot'
import { launchPerson } from '../support/browser'
import { readFrame } from '../support/fake-media'
import type { Bench } from './bench-run'
import { deskSignIn, inState, patience } from './call-people'
import { median } from './figure'
import { addJoinableVisits, type JoinableVisit } from './joinable-visits'

const visits = 5

/** From the click on the invitation's button to the first frame of the officer, in two browsers with fake cameras. */
export const firstPictureBench: Bench = async (run) => {
  const { url } = await run.server()
  const joinable = await addJoinableVisits(
    { url, databaseUrl: run.databaseUrl('product'), dataFolder: run.dataFolder('product') },
    visits,
  )
  const client = await launchPerson({ camera: 'client', viewport: { width: 360, height: 740 } })
  const officer = await launchPerson({ camera: 'officer' })
  try {
    await deskSignIn(officer.page, url)
    const milliseconds: number[] = []
    for (const visit of joinable) milliseconds.push(await meet(client.page, officer.page, url, visit))
    run.note(`first pictures after ${milliseconds.map((one) => `${one.toFixed(0)} ms`).join(', ')}`)
    return [{ name: 'visit.first_picture.ms', value: median(milliseconds), unit: 'ms', goal: { most: 1000 } }]
  } finally {
    await client.close()
    await officer.close()
  }
}

/** One visit from the waiting room to its end; how long the client waited for the picture. */
async function meet(client: Page, officer: Page, url: string, visit: JoinableVisit): Promise<number> {
  await client.goto(visit.meetingUrl)
  await client.locator(`#${meetingIds.allow}`).click()
  await client.locator(`#${meetingIds.enter}`).click()
  await inState(client, 'waiting')

  await officer.goto(`${url}/pracownik/wizyta/${visit.id}`)
  await officer.locator(`#${deskIds.callInForm} button, button[form=${deskIds.callInForm}]`).first().click()
  await inState(client, 'invited')

  const picture = firstPicture(client)
  await client.locator(`#${meetingIds.invitationEnter}`).click(patience)
  const milliseconds = await picture
  const seen = await readFrame(client, `#${meetingIds.officerVideo}`)
  if (seen?.person !== 'officer') throw new Error('The first picture is not that of the officer')

  await officer.locator(`#${deskIds.endReason}`).selectOption({ index: 1 })
  await officer.locator(`button[form=${deskIds.endForm}], #${deskIds.endForm} button`).first().click()
  await client.locator(`#${meetingIds.call}`).waitFor({ state: 'detached', ...patience })
  return milliseconds
}

/** Milliseconds from the coming click on the invitation until a frame of the other side stands on the screen. */
const firstPicture = (page: Page): Promise<number> =>
  page.evaluate(
    ({ enter, video }) =>
      new Promise<number>((resolve, reject) => {
        const [button, picture] = [enter, video].map((id) => document.getElementById(id))
        if (!button || !(picture instanceof HTMLVideoElement)) {
          reject(new Error('The page has no invitation'))
          return
        }
        let clickedAt = NaN
        button.addEventListener('click', () => (clickedAt = performance.now()), {
          capture: true,
          once: true,
        })
        picture.requestVideoFrameCallback((now) => resolve(now - clickedAt))
      }),
    { enter: meetingIds.invitationEnter, video: meetingIds.officerVideo },
  )
