import type { Bench } from './bench-run'
import { fetchOnWire } from './booking-pages'

/** Bytes of script that a client's phone loads for a visit: its check and the call, as sent. */
export const scriptBytesBench: Bench = async (run) => {
  const product = await run.server()
  const manifest = await fetchOnWire(product, '/static/manifest.json')
  const names = JSON.parse(manifest.text) as Record<string, string>
  let total = 0
  for (const name of ['device-check.js', 'meeting.js']) {
    const { status, bytes } = await fetchOnWire(product, `/static/${names[name] ?? name}`)
    if (status !== 200) throw new Error(`${name} answered ${status}`)
    run.note(`${name}: ${bytes} bytes`)
    total += bytes
  }
  return [{ name: 'visit.script.bytes', value: total, unit: 'bytes', goal: { most: 150_000 } }]
}
