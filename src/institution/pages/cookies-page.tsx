import type { VNode } from 'preact'
import { PublicFrame } from '../../ui/frame'
import type { InformationPage } from './information-page'

/** The cookies that we set; the language needs none, it stands in the address. */
const cookies = [
  { name: 'booking', purpose: 'cookies.booking' },
  { name: 'staff', purpose: 'cookies.staff' },
] as const

/** Which cookies there are and why nobody is asked about them. */
export const cookiesPage = ({ t: texts, language, path }: InformationPage): VNode => {
  const { t } = texts
  return (
    <PublicFrame t={texts} language={language} path={path} title={t('cookies.title')} back="/">
      <h1 class="q">{t('cookies.title')}</h1>
      <p>{t('cookies.note')}</p>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{t('cookies.column.name')}</th>
            <th scope="col">{t('cookies.column.purpose')}</th>
            <th scope="col">{t('cookies.column.lifetime')}</th>
          </tr>
        </thead>
        <tbody>
          {cookies.map(({ name, purpose }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{t(purpose)}</td>
              <td>{t('cookies.lifetime.browser')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </PublicFrame>
  )
}
