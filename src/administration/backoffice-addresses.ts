import { backofficePath } from '../staff/staff-places'

/** Under the list: one endpoint, with what can be done to it. */
export const endpointAddresses = (id: string) => {
  const page = `${backofficePath}/adres/${id}`
  return {
    page,
    change: `${page}/zmien`,
    pause: `${page}/wstrzymaj`,
    resume: `${page}/wznow`,
    test: `${page}/probne`,
    secret: `${page}/sekret`,
    replay: `${page}/powtorz`,
    remove: `${page}/usun`,
  }
}

export const newEndpointPath = `${backofficePath}/nowy`

export const deliveryAddresses = (id: string) => {
  const page = `${backofficePath}/przekazanie/${id}`
  return { page, replay: `${page}/ponow` }
}
