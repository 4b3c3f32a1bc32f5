import type { TurnConfig } from '../config/config'
import { relayAddress } from './relay-address'
import { openRelayLine } from './relay-line'
import { readStunAnswer, type StunAnswer, stunRequest, type StunRequest } from './stun-message'
import { turnCredentials } from './turn-credentials'

/**
 * `refuses`: it does not take our credentials. `full`: it has no place left. `certificate`: its certificate is not
 * trusted. `silent`: nothing comes back, or nothing that a relay would say.
 */
export type RelayState = 'answers' | 'refuses' | 'full' | 'certificate' | 'silent'

export interface RelayFinding {
  url: string
  state: RelayState
}

const patienceMilliseconds = 3000
/** Packets get lost: said again meanwhile. */
const againMilliseconds = 700
const codesOfFull = [486, 508]

/** Asks every configured relay for a place, as a participant's browser does, and gives it back. */
export function checkRelays(turn: TurnConfig | undefined, now: Date): Promise<RelayFinding[]> {
  return Promise.all(
    (turn?.urls ?? []).map(async (url) => ({ url, state: await checkRelay({ ...turn, url } as Relay, now) })),
  )
}

type Relay = TurnConfig & { url: string }

async function checkRelay(turn: Relay, now: Date): Promise<RelayState> {
  const address = relayAddress(turn.url)
  const [login] = turnCredentials(turn, 'check', now)
  if (!address || !login) return 'silent'
  return new Promise((resolve) => {
    let asked: StunRequest
    const finish = (state: RelayState) => {
      clearTimeout(timer)
      clearInterval(again)
      line.close()
      resolve(state)
    }
    const ask = (request: StunRequest) => {
      asked = request
      line.send(request.bytes)
    }
    let isSignedIn = false
    const hear = (answer: StunAnswer) => {
      const { realm, nonce, code } = answer
      const signIn = realm === null || nonce === null ? undefined : { ...login, realm, nonce }
      if (answer.isSuccess) {
        if (lastLogin) line.send(stunRequest('give_back', lastLogin).bytes)
        finish('answers')
      } else if (code !== null && codesOfFull.includes(code)) finish('full')
      else if (signIn && !isSignedIn) {
        isSignedIn = true
        lastLogin = signIn
        ask(stunRequest('allocate', signIn))
      } else finish('refuses')
    }
    let lastLogin: Parameters<typeof stunRequest>[1]
    const line = openRelayLine(address, {
      onMessage(message) {
        const answer = readStunAnswer(message)
        if (answer?.transaction === asked.transaction) hear(answer)
      },
      onError: (error) => finish(isAboutCertificate(error) ? 'certificate' : 'silent'),
    })
    const timer = setTimeout(() => finish('silent'), patienceMilliseconds)
    const again = setInterval(() => {
      if (address.transport === 'udp') line.send(asked.bytes)
    }, againMilliseconds)
    ask(stunRequest('allocate'))
  })
}

const isAboutCertificate = ({ code = '' }: NodeJS.ErrnoException): boolean =>
  /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ALTNAME/.test(code)
