import { X509Certificate, createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import {
  citizenAtOfficer,
  endVisit,
  hears,
  officerAtCitizen,
  patience,
  seesMoving,
} from '../e2e/visit-people'
import { reachCall } from '../e2e/reach-call'
import { type BrowserPerson, launchPerson } from '../support/browser'
import { debianProgram } from '../support/debian-program'
import { watchInsides, waysTaken } from '../support/page-insides'
import { makeCertificate, type SelfMadeCertificate } from '../support/self-made-certificate'
import { startTestProduct, type TestProduct } from '../support/test-product'
import { startTurnServer, type TurnServer } from '../support/turn-server'

const turnserver = debianProgram('turnserver')
const openssl = debianProgram('openssl')

/** What a browser is given to trust one self-made certificate: the hash of its public key. */
const publicKeyHash = (certificate: SelfMadeCertificate): string =>
  createHash('sha256')
    .update(new X509Certificate(certificate.text).publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64')

describe.skipIf(turnserver === undefined || openssl === undefined)(
  'a call through the relay over TLS',
  () => {
    let certificate: SelfMadeCertificate
    let turn: TurnServer
    let product: TestProduct
    let citizen: BrowserPerson
    let officer: BrowserPerson

    beforeAll(async () => {
      certificate = await makeCertificate(openssl ?? '')
      turn = await startTurnServer(turnserver ?? '', certificate)
      product = await startTestProduct(inject('postgresUrl'), {
        environment: { ...turn.environment, TURN_URLS: turn.tlsUrl, TURN_OFFICER_RELAY_ONLY: 'yes' },
      })
      const trusts = publicKeyHash(certificate)
      citizen = await launchPerson({ camera: 'client', viewport: { width: 360, height: 740 } })
      officer = await launchPerson({ camera: 'officer', viewport: { width: 1366, height: 768 }, trusts })
      await watchInsides(officer.page)
    })
    afterAll(async () => {
      await citizen.close()
      await officer.close()
      await product.stop()
      await turn.stop()
      await certificate.remove()
    })

    test('both see and hear each other, and the way is TLS', async () => {
      await reachCall(
        product,
        { citizen: citizen.page, officer: officer.page },
        { phone: '601 555 871', email: 'tls@example.org' },
      )
      await seesMoving(officer.page, citizenAtOfficer, 'client')
      await seesMoving(citizen.page, officerAtCitizen, 'officer')
      await hears(officer.page, citizenAtOfficer)
      await vi.waitFor(async () => expect(await waysTaken(officer.page)).toEqual(['relay tls']), patience)
      await endVisit(officer.page)
    })
  },
)
