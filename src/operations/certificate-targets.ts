import type { Config } from '../config/config'
import { defaultSmsapiUrl } from '../message/sms-smsapi'
import { relayAddress } from '../visit/relay-address'
import type { CertificateTarget } from './check-certificate'

type Settings = Pick<Config, 'smtpUrl' | 'turn' | 'recordings' | 'sms'>

const webTarget = (use: CertificateTarget['use'], address: string): CertificateTarget[] => {
  const { protocol, hostname, port } = new URL(address)
  const host = hostname.replace(/^\[|\]$/g, '')
  return protocol === 'https:' ? [{ use, host, port: Number(port || 443) }] : []
}

/** The relay for e-mails, as it is connected to. */
export function smtpTarget(url: string): CertificateTarget {
  const { protocol, hostname, port } = new URL(url)
  const isTls = protocol === 'smtps:'
  return {
    use: 'smtp',
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || (isTls ? 465 : 587)),
    startTls: !isTls,
  }
}

/** Everything whose certificate would stop the service when it expires, each server once. */
export function certificateTargets(
  publicUrl: string,
  { smtpUrl, turn, recordings, sms }: Settings,
): CertificateTarget[] {
  const relays = (turn?.urls ?? []).flatMap((url): CertificateTarget[] => {
    const address = relayAddress(url)
    return address?.transport === 'tls' ? [{ use: 'turn', host: address.host, port: address.port }] : []
  })
  const targets = [
    ...webTarget('public', publicUrl),
    ...(smtpUrl ? [smtpTarget(smtpUrl.reveal())] : []),
    ...relays,
    ...(recordings.kind === 's3' ? webTarget('s3', recordings.endpoint) : []),
    ...(sms.provider === 'mailbox' ? [] : webTarget('sms', sms.url ?? defaultSmsapiUrl)),
  ]
  const nameOf = ({ host, port }: CertificateTarget) => `${host}:${port}`
  return targets.filter((one, index) => targets.findIndex((other) => nameOf(other) === nameOf(one)) === index)
}
