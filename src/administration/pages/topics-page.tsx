import type { VNode } from 'preact'
import { type ListedTopic, topicVersion } from '../../institution/edit-topic'
import type { StaffPage } from '../../staff/pages/staff-frame'
import { type Language, languages } from '../../texts/catalogue'
import { Icon } from '../../ui/icons'
import { newOne, oneOf, topicsPath } from '../places-address'
import { textOf, type Typed } from '../typed'
import { Done, StaffCheck, StaffField, StaffSelect } from './form-parts'
import { type FormProblem, FormProblems } from '../../staff/pages/form-problems'
import { SettingsFrame } from './settings-frame'

/** All topics in the order in which clients see them. */
export const topicsPage = (
  page: StaffPage,
  { topics, isSaved }: { topics: readonly ListedTopic[]; isSaved: boolean },
): VNode => {
  const { t } = page.staffTexts
  return (
    <SettingsFrame
      page={page}
      title={t('admin.topics')}
      action={
        <a class="b b-go" href={oneOf(topicsPath, newOne)}>
          <Icon name="plus" size={20} />
          {t('places.topic.add')}
        </a>
      }
    >
      {isSaved && <Done>{t('admin.saved')}</Done>}
      <div class="card list">
        <div class="scroll" tabIndex={0} role="region" aria-label={t('admin.topics')}>
          <table class="t">
            <thead>
              <tr>
                <th scope="col" class="num">
                  {t('places.topic.position')}
                </th>
                <th scope="col">{t('places.topic.name')}</th>
                <th scope="col">{t('places.topic.routing')}</th>
                <th scope="col">{t('places.topic.recording')}</th>
                <th scope="col" class="num">
                  {t('admin.desks')}
                </th>
                <th scope="col">{t('places.state')}</th>
              </tr>
            </thead>
            <tbody>
              {topics.map((topic) => (
                <tr key={topic.id} class={topic.active ? undefined : 'past'}>
                  <td class="num">{topic.position}</td>
                  <td>
                    <a href={oneOf(topicsPath, topic.code)}>{topic.texts.pl.name}</a>
                  </td>
                  <td>{t(`places.routing.${topic.routing}`)}</td>
                  <td>{t(`places.recording.${topic.recording}`)}</td>
                  <td class="num">{topic.desks}</td>
                  <td>
                    <span class={topic.active ? 'tag tag-ok' : 'tag'}>
                      {t(topic.active ? 'places.active' : 'places.inactive')}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </SettingsFrame>
  )
}

export interface ShownTopic {
  /** None: a new one. */
  topic: ListedTopic | undefined
  others: readonly ListedTopic[]
  /** Of a new one: what topics are usually recorded like, and the next free place. */
  usual: { recording: string; position: number }
  isSaved: boolean
  typed?: Typed
  mistakes?: readonly FormProblem[]
}

const wordsOf = (topic: ListedTopic | undefined, language: Language): Typed => ({
  [`nazwa-${language}`]: topic?.texts[language].name ?? '',
  [`opis-${language}`]: topic?.texts[language].hint ?? '',
  [`lista-${language}`]: topic?.texts[language].prepare.join('\n') ?? '',
})

const valuesOf = ({ topic, usual }: ShownTopic): Typed => ({
  ...wordsOf(topic, 'pl'),
  ...wordsOf(topic, 'en'),
  ...wordsOf(topic, 'uk'),
  kolejnosc: String(topic?.position ?? usual.position),
  droga: topic?.routing ?? 'postal',
  adres: topic?.addressOf ?? 'home',
  tozsamosc: topic?.requiresIdentity ? 'tak' : '',
  nagranie: topic?.recording ?? usual.recording,
  czynny: (topic?.active ?? true) ? 'tak' : '',
  wersja: topic ? topicVersion(topic) : '',
})

/** Everything an institution says of a topic. */
export const topicPage = (page: StaffPage, shown: ShownTopic): VNode => {
  const { t } = page.staffTexts
  const { topic, isSaved, others, mistakes = [] } = shown
  const typed = shown.typed ?? valuesOf(shown)
  const field = (name: string) => ({ name, value: textOf(typed, name), mistakes })
  return (
    <SettingsFrame
      page={page}
      title={topic ? topic.texts.pl.name : t('places.topic.new')}
      failed={mistakes.length > 0}
      from={{ path: topicsPath, text: t('admin.topics') }}
    >
      {isSaved && <Done>{t('admin.saved')}</Done>}
      {topic?.active && topic.desks === 0 && (
        <p class="n n-warn">
          <Icon name="alert" size={20} />
          <span>{t('places.topic.noDesk')}</span>
        </p>
      )}
      <FormProblems texts={page.staffTexts} problems={mistakes} />
      <form class="stack" method="post" action={oneOf(topicsPath, topic ? topic.code : newOne)}>
        <input type="hidden" name="wersja" value={textOf(typed, 'wersja')} />
        <section class="card stack narrow" aria-labelledby="zasady">
          <h2 id="zasady">{t('places.topic.rules')}</h2>
          {!topic && (
            <>
              <StaffField
                {...field('kod-tematu')}
                label={t('places.code')}
                hint={t('places.topic.code.hint')}
                maxLength={40}
              />
              <StaffSelect
                {...field('jak')}
                label={t('places.topic.like')}
                options={[
                  ['', t('places.topic.like.none')],
                  ...others.map(({ code, texts }) => [code, texts.pl.name] as const),
                ]}
              />
            </>
          )}
          <StaffField {...field('kolejnosc')} label={t('places.topic.position')} maxLength={4} />
          <StaffSelect
            {...field('droga')}
            label={t('places.topic.routing')}
            hint={t('places.topic.routing.hint')}
            options={(['postal', 'country', 'manual'] as const).map((routing) => [
              routing,
              t(`places.routing.${routing}`),
            ])}
          />
          <StaffSelect
            {...field('adres')}
            label={t('places.topic.addressOf')}
            options={(['home', 'firm'] as const).map((whose) => [whose, t(`places.addressOf.${whose}`)])}
          />
          <StaffSelect
            {...field('nagranie')}
            label={t('places.topic.recording')}
            hint={t('places.topic.recording.hint')}
            options={(['required', 'optional', 'never'] as const).map((policy) => [
              policy,
              t(`places.recording.${policy}`),
            ])}
          />
          <StaffCheck name="tozsamosc" checked={textOf(typed, 'tozsamosc') !== ''}>
            {t('places.topic.identity')}
          </StaffCheck>
          <StaffCheck name="czynny" checked={textOf(typed, 'czynny') !== ''}>
            {t('places.topic.active')}
          </StaffCheck>
        </section>
        <div class="three-wide">
          {languages.map((language) => (
            <section key={language} class="card stack" aria-labelledby={`jezyk-${language}`}>
              <h2 id={`jezyk-${language}`}>{t(`places.language.${language}`)}</h2>
              <StaffField
                {...field(`nazwa-${language}`)}
                label={t('places.topic.name')}
                maxLength={200}
                lang={language}
              />
              <StaffField
                {...field(`opis-${language}`)}
                label={t('places.topic.hint')}
                maxLength={500}
                rows={3}
                lang={language}
              />
              <StaffField
                {...field(`lista-${language}`)}
                label={t('places.topic.prepare')}
                hint={t('places.topic.prepare.hint')}
                rows={7}
                lang={language}
              />
            </section>
          ))}
        </div>
        <p>
          <button class="b b-go b-big">{t('places.save')}</button>
        </p>
      </form>
    </SettingsFrame>
  )
}
