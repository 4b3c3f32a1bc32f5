import { localizedPath } from '../../../platform/http/localized-path'
import type { Translator } from '../../../platform/i18n/translator'
import type { Language } from '../../../texts/catalogue'
import { PublicFrame } from '../../../ui/frame'

interface TryPageProps {
  t: Translator
  language: Language
}

/** How to play both parts with one computer, one camera or none. */
export const TryPage = ({ t: texts, language }: TryPageProps) => {
  const { t } = texts
  const linkTo = (path: string, text: string) => <a href={localizedPath(language, path)}>{text}</a>
  return (
    <PublicFrame
      t={texts}
      language={language}
      path="/skrzynka/jak-sprobowac"
      title={t('demo.try.title')}
      back="/"
    >
      <h1 class="q">{t('demo.try.title')}</h1>
      <p class="lead">{t('demo.try.lead')}</p>
      <ol>
        <li>
          {t('demo.try.book')} {linkTo('/temat', t('start.button.book'))}
        </li>
        <li>
          {t('demo.try.mail')} {linkTo('/skrzynka', t('demo.mailbox.link'))}
        </li>
        <li>{t('demo.try.wait')}</li>
        <li>
          {t('demo.try.officer')} <a href="/pracownik">{t('demo.try.officer.link')}</a>
        </li>
      </ol>
      {(['oneCamera', 'noCamera', 'phone'] as const).map((part) => (
        <section key={part}>
          <h2>{t(`demo.try.${part}.title`)}</h2>
          <p>{t(`demo.try.${part}.body`)}</p>
        </section>
      ))}
    </PublicFrame>
  )
}
