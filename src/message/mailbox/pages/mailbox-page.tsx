import type { ComponentChildren } from 'preact'
import { smsParts } from '../../../contract/sms-parts'
import { dayInWords, timeOfDay } from '../../../platform/i18n/dates'
import type { StaffTranslator } from '../../../platform/i18n/translator'
import { Document } from '../../../ui/document'
import { Icon } from '../../../ui/icons'
import { Mark } from '../../../ui/mark'
import { bodySandbox } from '../mailbox-body'
import type { ListedItem, Missing, ReadItem } from '../mailbox-store'
import { mailboxPath, type MailboxView, shortWhen, stateTag, type StateTag } from '../mailbox-view'

interface MailboxPageProps {
  texts: StaffTranslator
  view: MailboxView
  items: readonly ListedItem[]
  hasOlder: boolean
  missing: readonly (Missing & { recipient: string })[]
  /** The item that is open; undefined when there is none at all. */
  open: ReadItem | undefined
  now: Date
  timeZone: string
}

/** The demonstration's mailbox: list left, the open message right (ui/mailbox.html). */
export const MailboxPage = (props: MailboxPageProps) => {
  const { t } = props.texts
  return (
    <Document language="pl" title={t('mailbox.title')} styles="desk" bodyClass="desk">
      <Rail texts={props.texts} />
      <main class="page">
        <div class="bar-top">
          <div>
            <h1>{t('mailbox.title')}</h1>
            <p class="muted small">{t('mailbox.lead')}</p>
          </div>
          <span class="grow" />
          <Search {...props} />
          <div>
            <Channels {...props} />
          </div>
        </div>
        <div class="body">
          {props.items.length === 0 && props.missing.length === 0 ? (
            <Empty {...props} />
          ) : (
            <div class="mail">
              <List {...props} />
              {props.open && <Reading {...props} item={props.open} />}
            </div>
          )}
        </div>
      </main>
    </Document>
  )
}

const Rail = ({ texts: { t } }: Pick<MailboxPageProps, 'texts'>) => (
  <header class="rail">
    <a class="logo" href="/">
      <Mark on="rail" size={34} />
      e-Wizyta
    </a>
    <nav aria-label={t('mailbox.title')}>
      <a href="/">
        <Icon name="people" />
        {t('mailbox.nav.client')}
      </a>
      <a href="/pracownik">
        <Icon name="calendar" />
        {t('mailbox.nav.desk')}
      </a>
      <a href="/skrzynka" aria-current="page">
        <Icon name="mail" />
        {t('desk.nav.messages')}
      </a>
      <a href="/skrzynka/jak-sprobowac">
        <Icon name="info" />
        {t('mailbox.nav.try')}
      </a>
    </nav>
  </header>
)

const Search = ({ texts: { t }, view }: MailboxPageProps) => (
  <form class="row" method="get" action="/skrzynka" role="search">
    {view.channel && <input type="hidden" name="kanal" value={view.channel} />}
    <div class="f">
      <label class="hide" for="do">
        {t('mailbox.search.label')}
      </label>
      <input
        id="do"
        name="do"
        placeholder={t('mailbox.column.recipient')}
        value={view.recipient}
        autocomplete="off"
        spellcheck={false}
      />
    </div>
    <button class="b">
      <Icon name="search" size={20} />
      {t('mailbox.search.button')}
    </button>
  </form>
)

const Channels = ({ texts: { t }, view }: MailboxPageProps) => (
  <nav class="seg" aria-label={t('mailbox.list')}>
    {([null, 'email', 'sms'] as const).map((channel) => (
      <a
        key={channel ?? 'all'}
        class="nowrap"
        href={mailboxPath({ channel, recipient: view.recipient })}
        aria-current={view.channel === channel ? 'true' : undefined}
      >
        {t(`mailbox.channel.${channel ?? 'all'}`)}
      </a>
    ))}
  </nav>
)

const Empty = ({ texts: { t }, view }: MailboxPageProps) => (
  <div class="empty card">
    <Icon name="mail" size={40} />
    <p>{t(view.recipient || view.channel || view.page > 1 ? 'mailbox.search.none' : 'mailbox.empty')}</p>
    <p>
      <a href="/skrzynka/jak-sprobowac">{t('mailbox.try')}</a>
    </p>
  </div>
)

const Tag = ({ texts: { t }, tag }: { texts: StaffTranslator; tag: StateTag }) => (
  <span class={tag.look}>{t(tag.key, { n: tag.n ?? 0 })}</span>
)

const Line = (props: {
  channel: 'email' | 'sms'
  recipient: string
  when: string
  about: string
  tag: ComponentChildren
}) => (
  <>
    <Icon name={props.channel === 'email' ? 'mail' : 'phone'} size={22} />
    <b>{props.recipient}</b>
    <span class="muted small">{props.when}</span>
    <span class="sub">{props.about}</span>
    <span class="tags">{props.tag}</span>
  </>
)

const List = ({ texts, view, items, missing, hasOlder, open, now, timeZone }: MailboxPageProps) => {
  const { t } = texts
  return (
    <ul class="mails" tabIndex={0} aria-label={t('mailbox.list')}>
      {missing.map((message) => (
        <li key={message.id}>
          <a>
            <Line
              channel={message.channel}
              recipient={message.recipient}
              when={shortWhen(message.createdAt, now, timeZone)}
              about={t(`mailbox.kind.${message.kind}`)}
              tag={<Tag texts={texts} tag={stateTag(message.state, message.attempts)} />}
            />
          </a>
        </li>
      ))}
      {items.map((item) => (
        <li key={item.id}>
          <a
            href={mailboxPath({ ...view, asText: false }, item.id)}
            aria-current={item.id === open?.id ? 'true' : undefined}
          >
            <Line
              channel={item.channel}
              recipient={item.recipient}
              when={shortWhen(item.receivedAt, now, timeZone)}
              about={item.about}
              tag={item.state && <Tag texts={texts} tag={stateTag(item.state)} />}
            />
          </a>
        </li>
      ))}
      {(view.page > 1 || hasOlder) && (
        <li>
          <nav class="row" aria-label={t('mailbox.page')}>
            {view.page > 1 && (
              <a href={mailboxPath({ ...view, page: view.page - 1 })}>{t('mailbox.newer')}</a>
            )}
            {hasOlder && <a href={mailboxPath({ ...view, page: view.page + 1 })}>{t('mailbox.older')}</a>}
          </nav>
        </li>
      )}
    </ul>
  )
}

const Reading = ({ texts, view, item, timeZone }: MailboxPageProps & { item: ReadItem }) => {
  const { t } = texts
  const isEmail = item.channel === 'email'
  const { parts, encoding, units } = smsParts(item.text)
  const facts = [
    t('mailbox.to', { recipient: item.recipient }),
    t('mailbox.from', { sender: item.sender }),
    t('mailbox.received', {
      day: dayInWords(item.receivedAt, 'pl', timeZone),
      time: timeOfDay(item.receivedAt, timeZone),
    }),
    ...(isEmail ? [] : [t('mailbox.sms.parts', { n: parts, encoding, units })]),
  ]
  const body = `/skrzynka/${item.id}/tresc${view.asText ? '?widok=tekst' : ''}`
  return (
    <section class="read" aria-labelledby="rd">
      <header>
        <div class="row">
          <h2 id="rd" class="grow">
            {isEmail ? item.subject : t('mailbox.sms.title')}
          </h2>
          {isEmail && item.html !== null && (
            <nav class="seg" aria-label={t('mailbox.message')}>
              {[false, true].map((asText) => (
                <a
                  key={String(asText)}
                  href={mailboxPath({ ...view, asText }, item.id)}
                  aria-current={view.asText === asText ? 'true' : undefined}
                >
                  {t(asText ? 'mailbox.view.text' : 'mailbox.view.html')}
                </a>
              ))}
            </nav>
          )}
        </div>
        <p class="muted small">{facts.join(' · ')}</p>
      </header>
      <iframe sandbox={bodySandbox} src={body} title={t('mailbox.message')} />
    </section>
  )
}
