import type { DeviceReport } from '../../contract/device-check'

/** Hands the report to the server; false when it was not taken. */
export function sendReport(address: string, report: DeviceReport): Promise<boolean> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', address)
    request.setRequestHeader('content-type', 'application/json')
    request.timeout = 8000
    request.onload = () => resolve(request.status === 204)
    request.onerror = request.ontimeout = () => resolve(false)
    request.send(JSON.stringify(report))
  })
}
