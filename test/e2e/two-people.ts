import { afterAll, afterEach, beforeAll, inject } from 'vitest'
import { type BrowserPerson, launchPerson } from '../support/browser'
import { startTestProduct, type TestProduct } from '../support/test-product'
import { tellWhatThePageSaid } from './what-the-page-said'

/** The product, a citizen at a phone and an officer at a desk, each with a browser of their own. */
export interface TwoPeople {
  readonly product: TestProduct
  readonly citizen: BrowserPerson
  readonly officer: BrowserPerson
}

/** Sets them up for a test file: call it once at the top. */
export function twoPeople(): TwoPeople {
  let product: TestProduct
  let citizen: BrowserPerson
  let officer: BrowserPerson
  beforeAll(async () => {
    product = await startTestProduct(inject('postgresUrl'))
    citizen = await launchPerson({ camera: 'client', viewport: { width: 360, height: 740 } })
    officer = await launchPerson({ camera: 'officer', viewport: { width: 1366, height: 768 } })
  })
  afterAll(async () => {
    await citizen.close()
    await officer.close()
    await product.stop()
  })
  afterEach(async (context) => {
    await tellWhatThePageSaid(context, citizen.page)
    await tellWhatThePageSaid(context, officer.page)
  })
  return {
    get product() {
      return product
    },
    get citizen() {
      return citizen
    },
    get officer() {
      return officer
    },
  }
}
