import type { StaffTranslator } from '../platform/i18n/translator'
import { Icon } from '../ui/icons'
import { type CertificateFinding, daysLeft, fewDays } from './check-certificate'
import type { OperationsNotice, OperationsPart } from './operations-part'

/** How long the certificates are valid without which browsers, e-mails or recordings stop. */
export function certificatesPart(
  { t }: StaffTranslator,
  findings: readonly CertificateFinding[],
  now: Date,
): Omit<OperationsPart, 'id' | 'title'> {
  const shown = findings.filter(({ state }) => state !== 'no_tls')
  const notices = shown.flatMap((finding): OperationsNotice[] => {
    const host = `${finding.host}:${finding.port}`
    const fix = t('ops.certificate.fix')
    if (finding.state === 'unreachable')
      return [
        {
          tone: 'bad',
          text: t('ops.certificate.unreachable', { host }),
          fix: t('ops.certificate.unreachable.fix'),
        },
      ]
    if (finding.state === 'untrusted')
      return [{ tone: 'bad', text: t('ops.certificate.untrusted', { host }), fix }]
    const n = finding.state === 'valid' ? daysLeft(finding.until, now) : 0
    return n < fewDays ? [{ tone: 'bad', text: t('ops.certificate.soon', { host, n }), fix }] : []
  })
  if (shown.length === 0)
    return { notices: [{ tone: 'info', text: t('ops.certificate.none') }], details: null }
  return {
    notices,
    details: (
      <div class="ops-scroll">
        <table class="t">
          <thead>
            <tr>
              <th scope="col">{t('ops.certificate.use')}</th>
              <th scope="col">{t('ops.certificate.host')}</th>
              <th scope="col">{t('ops.certificate.left')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((finding) => {
              const isGood = finding.state === 'valid' && daysLeft(finding.until, now) >= fewDays
              return (
                <tr key={`${finding.host}:${finding.port}`} data-certificate={finding.state}>
                  <td>{t(`ops.certificate.use.${finding.use}`)}</td>
                  <td>
                    {finding.host}:{finding.port}
                  </td>
                  <td>
                    <span class={isGood ? 'st st-ok' : 'st st-warn'}>
                      <Icon name={isGood ? 'done' : 'alert'} size={20} />
                      {'until' in finding
                        ? t('ops.certificate.days', { n: daysLeft(finding.until, now) })
                        : t('ops.certificate.unknown')}
                    </span>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    ),
  }
}
