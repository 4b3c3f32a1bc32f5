import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'

type Answer = { ok: true; options?: object; to?: string } | { ok: false; reason: string; to?: string }

/** Sends fields of a form and reads the JSON that comes back. */
async function send(address: string, fields: URLSearchParams): Promise<Answer> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: fields,
  })
  return (await answer.json()) as Answer
}

const ask = (act: string | undefined, options: object): Promise<object> =>
  act === 'add'
    ? startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON })
    : startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON })

/** Asks the person's passkey and leads on; a reason when that did not go well. */
async function usePasskey(form: HTMLFormElement): Promise<string | undefined> {
  const { passkey, ask: askAddress = '' } = form.dataset
  const asked = await send(askAddress, new URLSearchParams())
  if (!asked.ok || !asked.options) return leadOn(asked)
  const made = await ask(passkey, asked.options)
  const fields = new URLSearchParams(
    [...new FormData(form)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
  fields.set('odpowiedz', JSON.stringify(made))
  return leadOn(await send(form.action, fields))
}

function leadOn(answer: Answer): string | undefined {
  if (answer.to === undefined) return answer.ok ? 'failed' : answer.reason
  window.location.assign(answer.to)
  return undefined
}

function say(form: HTMLFormElement, reason: string | undefined): void {
  const notices = [...form.querySelectorAll<HTMLElement>('[data-failure]')]
  const fitting = notices.find(({ dataset }) => dataset.failure === reason) ?? notices[0]
  for (const notice of notices) notice.hidden = reason === undefined || notice !== fitting
}

if (browserSupportsWebAuthn()) {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) {
    form.hidden = false
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      say(form, undefined)
      usePasskey(form).then(
        (reason) => say(form, reason),
        // The person turned away, or the key is another one: the browser has said so itself
        () => say(form, 'failed'),
      )
    })
  }
}
