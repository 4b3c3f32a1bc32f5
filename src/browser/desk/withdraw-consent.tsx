import type { DeskCallBoot } from '../../contract/desk-call-boot'
import type { CallTexts } from './call-notices'
import { Problem } from './identity-panel'
import type { SettlementDesk } from './use-settlement'

interface WithdrawProps {
  boot: DeskCallBoot
  texts: CallTexts
  desk: SettlementDesk
  /** Leads to the form that ends the visit, with this reason. */
  onEnd: (reason: 'recording_withdrawn') => void
}

/** The client takes the consent back while talking: asked twice, for what is not recorded never comes back. */
export function WithdrawConsent({ boot, texts: { text }, desk, onEnd }: WithdrawProps) {
  const withdraw = async () => {
    // Where nothing goes on without the consent the server says so, and the visit is to be ended
    if (!(await desk.send('recordingStop', {})) && boot.recordingConsent === 'required')
      onEnd('recording_withdrawn')
  }
  return (
    <details id="cofnieta-zgoda">
      <summary>{text('desk.recording.withdraw')}</summary>
      <p>{text(`desk.recording.withdraw.${boot.recordingConsent}`)}</p>
      <p>
        <button type="button" class="b" onClick={() => void withdraw()}>
          {text('desk.recording.withdraw.confirm')}
        </button>
      </p>
      <Problem desk={desk} of={['recordingStop']} />
    </details>
  )
}
