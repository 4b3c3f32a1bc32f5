import { render } from 'preact'
import { type DeskCallBoot } from '../../contract/desk-call-boot'
import { deskIds } from '../../contract/desk-boot'
import { byId, createTexts, readBoot } from '../call/boot-data'
import { setText } from '../call/dom'
import { CallStage } from './call-stage'
import { keepAgreed } from './keep-agreed'
import { sendForm } from './send-form'
import { recorderOf } from './use-recorder'
import { watchVisit } from './watch-visit'

const boot = readBoot() as DeskCallBoot
const texts = createTexts(boot)
const message = byId(deskIds.message, HTMLElement)

const recorder = recorderOf(boot)

/** A form of ours is on its way: its answer says where to go, not the room. */
let leaving = false

const endNote = document.getElementById(deskIds.endNote)
const stopKeeping =
  boot.mine && endNote instanceof HTMLTextAreaElement
    ? keepAgreed({
        field: endNote,
        save: (words) => sendForm(boot.addresses.agreed, new URLSearchParams({ [endNote.name]: words })),
        onAnswer(answer) {
          const failure = answer?.ok === false ? answer.message : texts.text('call.reconnecting')
          setText(
            byId(deskIds.endNoteStatus, HTMLElement),
            answer?.ok === true ? texts.text('desk.end.agreed.saved') : failure,
          )
        },
      })
    : () => undefined

/** A form sent by script keeps the call alive when the server has something to say about what was typed. */
async function send(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  setText(message, '')
  leaving = form.id !== deskIds.noteForm
  const answer = await sendForm(form.action, fieldsOf(form, submitter))
  leaving = leaving && answer?.ok === true
  if (answer?.ok === true) {
    if (leaving) {
      stopKeeping()
      // The visit is over for everybody; what was recorded to the last moment goes along
      await recorder?.stop()
      window.location.assign(answer.to)
    } else setText(byId(deskIds.noteStatus, HTMLElement), texts.text('desk.note.saved'))
    return
  }
  setText(message, answer ? answer.message : texts.text('call.reconnecting'))
  const field = answer?.field === undefined ? null : form.elements.namedItem(answer.field)
  if (field instanceof HTMLElement) field.focus()
}

function fieldsOf(form: HTMLFormElement, submitter: HTMLElement | null): URLSearchParams {
  const fields = new URLSearchParams()
  new FormData(form, submitter).forEach((value, name) => {
    if (typeof value === 'string') fields.append(name, value)
  })
  return fields
}

for (const id of [deskIds.callInForm, deskIds.releaseForm, deskIds.noteForm, deskIds.endForm]) {
  const form = document.getElementById(id)
  if (form instanceof HTMLFormElement)
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      void send(form, event.submitter)
    })
}

async function reloadAfterRecording(): Promise<void> {
  if (leaving) return
  await recorder?.stop()
  window.location.reload()
}

const tellStatus = (words: string): void => setText(byId(deskIds.state, HTMLElement), words)

if (boot.mine)
  render(
    <CallStage
      boot={boot}
      texts={texts}
      recorder={recorder}
      onEnd={(reason) => {
        const field = document.getElementById(deskIds.endReason)
        if (field instanceof HTMLSelectElement && reason) field.value = reason
        field?.focus()
      }}
      onOver={() => void reloadAfterRecording()}
      onStatus={tellStatus}
    />,
    byId(deskIds.stage, HTMLElement),
  )
else
  watchVisit(boot, (keys) => {
    const words = keys.map((key) => texts.text(key)).join(' · ')
    tellStatus(words)
    const onStage = byId(deskIds.stage, HTMLElement).querySelector('.ask')
    if (onStage) setText(onStage, words)
  })
