import { expect, test } from 'vitest'
import { createAddressGuard } from './address-guard'
import { resolveAddress } from './resolve-address'

const guard = createAddressGuard([])
const leadingTo =
  (...addresses: string[]) =>
  () =>
    Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })))

test('a public name gives the one address that is then connected to', async () => {
  const found = await resolveAddress('system.example.pl', guard, leadingTo('8.8.8.8', '2a00::1'))
  expect(found).toEqual({ address: '8.8.8.8', family: 4 })
})

test.each([
  ['inside', ['10.0.0.1']],
  ['inside and outside', ['8.8.8.8', '10.0.0.1']],
  ['to this machine', ['::1']],
])('a name that leads %s is refused', async (_where, addresses) => {
  const resolving = resolveAddress('system.example.pl', guard, leadingTo(...addresses))
  await expect(resolving).rejects.toMatchObject({ code: 'private_address' })
})

test('a name that leads nowhere is told apart', async () => {
  const nowhere = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))
  await expect(resolveAddress('nie.ma', guard, nowhere)).rejects.toMatchObject({ code: 'dns' })
  await expect(resolveAddress('nie.ma', guard, leadingTo())).rejects.toMatchObject({ code: 'dns' })
})

test('the machine’s own name is looked up and refused', async () => {
  await expect(resolveAddress('localhost', guard)).rejects.toMatchObject({ code: 'private_address' })
})
