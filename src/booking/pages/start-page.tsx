import type { VNode } from 'preact'
import { deviceNeeds } from '../../institution/device-needs'
import type { TextKey } from '../../texts/catalogue'
import { Aside } from '../../ui/aside'
import { LinkButton } from '../../ui/button'
import { PublicFrame } from '../../ui/frame'
import { Icon, type IconName } from '../../ui/icons'
import { Mark } from '../../ui/mark'
import { Notice } from '../../ui/notice'
import { PhoneLink } from '../../ui/phone-link'
import { PhoneText } from '../../ui/phone-text'
import { frameOf, linkTo, type PageContext } from './page-context'

const canDo = [
  'start.can.info',
  'start.can.forms',
  'start.can.advice',
  'start.can.certificate',
  'start.can.confirmProfile',
  'start.can.createProfile',
] as const satisfies readonly TextKey[]

const needed: readonly (readonly [IconName, TextKey])[] = [
  ['camera', 'start.need.device'],
  ['eye', 'start.need.camera'],
  ['signal', 'start.need.internet'],
  ['screen', 'start.need.browser'],
  ['phone', 'start.need.contact'],
  ['document', 'start.need.document'],
]

const requirements = [
  'start.need.details.windows',
  'start.need.details.mac',
  'start.need.details.linux',
  'start.need.details.ios',
  'start.need.details.android',
] as const satisfies readonly TextKey[]

const howToSit = [
  'start.sit.background',
  'start.sit.light',
  'start.sit.window',
  'start.sit.quiet',
  'start.sit.alone',
] as const satisfies readonly TextKey[]

/** What can be settled, what is needed, and the two ways in: book, or find the visit one has. */
export const startPage = (page: PageContext): VNode => {
  const { t } = page.t
  const needs = deviceNeeds(page.directory.institution.settings, page.language)
  const book = <LinkButton href={linkTo(page, '/temat')}>{t('start.button.book')}</LinkButton>
  return (
    <PublicFrame {...frameOf(page)} title={t('start.title')} bare>
      <div class="hero dark">
        <div class="wrap">
          <Mark on="field" size={460} class="dial" />
          <h1>{t('start.title')}</h1>
          <p class="lead">{t('start.lead')}</p>
          <div class="btns">
            <LinkButton kind="light" href={linkTo(page, '/temat')}>
              {t('start.button.book')}
            </LinkButton>
            <LinkButton kind="line" href={linkTo(page, '/znajdz')}>
              {t('start.button.have')}
            </LinkButton>
          </div>
        </div>
      </div>
      <div class="wrap">
        <div class="flow">
          <div class="sheet">
            <Facts page={page} />
            <section class="sec">
              <h2>{t('start.can.title')}</h2>
              <Ticks items={canDo.map((key) => ['tick', t(key)])} />
            </section>
            <section class="sec">
              <h2>{t('start.topics.title')}</h2>
              <ul>
                {page.directory.topics.map(({ code, texts }) => (
                  <li key={code}>{texts[page.language].name}</li>
                ))}
              </ul>
            </section>
            <section class="sec">
              <h2>{t('start.need.title')}</h2>
              <Ticks items={needed.map(([icon, key]) => [icon, t(key, needs)])} />
              <details>
                <summary>{t('start.need.details.summary')}</summary>
                <ul>
                  {requirements.map((key) => (
                    <li key={key}>{t(key)}</li>
                  ))}
                </ul>
              </details>
              <p>
                <a href={linkTo(page, '/sprawdz-urzadzenie')}>{t('start.deviceNow')}</a>
              </p>
            </section>
            <section class="sec">
              <h2>{t('start.sit.title')}</h2>
              <ul>
                {howToSit.map((key) => (
                  <li key={key}>{t(key)}</li>
                ))}
              </ul>
            </section>
            <section class="sec">
              <h2>{t('start.document.title')}</h2>
              <p>{t('start.document.body')}</p>
              <p>{t('start.recording.body')}</p>
            </section>
            <Notice>
              <p>
                <b>{t('start.safe.title')}</b>
              </p>
              <p>{t('start.safe.body')}</p>
            </Notice>
            <div class="btns">{book}</div>
          </div>
          <OtherWays page={page} />
        </div>
      </div>
    </PublicFrame>
  )
}

const Facts = ({ page }: { page: PageContext }) => {
  const { t } = page.t
  const { settings, texts } = page.directory.institution
  return (
    <>
      <dl class="facts">
        <div>
          <dt>{t('start.fact.duration.label')}</dt>
          <dd>{t('ui.minutes', { n: settings.visitMinutes })}</dd>
        </div>
        <div>
          <dt>{t('start.fact.days.label')}</dt>
          <dd>{texts[page.language].hours}</dd>
        </div>
        <div>
          <dt>{t('start.fact.noAccount.label')}</dt>
          <dd>{t('start.fact.noAccount.value')}</dd>
        </div>
      </dl>
      <p class="sec">{t('start.facts.branch')}</p>
    </>
  )
}

const Ticks = ({ items }: { items: readonly (readonly [IconName, string])[] }) => (
  <ul class="ticks">
    {items.map(([icon, text]) => (
      <li key={text}>
        <Icon name={icon} />
        <span>{text}</span>
      </li>
    ))}
  </ul>
)

const OtherWays = ({ page }: { page: PageContext }) => {
  const { t } = page.t
  return (
    <Aside title={t('start.other.title')} boxed>
      <PhoneLink language={page.language} />
      <p>{t('start.other.branch')}</p>
      <p>{t('start.other.online')}</p>
      <p>
        <PhoneText language={page.language} text={t('start.other.sign')} />
      </p>
    </Aside>
  )
}
