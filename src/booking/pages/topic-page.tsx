import type { VNode } from 'preact'
import { Aside } from '../../ui/aside'
import { Button } from '../../ui/button'
import { ErrorSummary, type FormError } from '../../ui/error-summary'
import { FieldError } from '../../ui/field'
import { PublicFrame } from '../../ui/frame'
import { HiddenFields } from '../../ui/hidden-fields'
import { PhoneText } from '../../ui/phone-text'
import { PickCard } from '../../ui/pick-card'
import { type Journey, journeyFields } from './journey'
import { frameOf, linkTo, type PageContext } from './page-context'
import { PrepareForTopics } from './what-to-prepare'

export type TopicMistake = 'empty' | 'closed'

const mistakeKeys = { empty: 'topic.error.empty', closed: 'topic.closed' } as const

/** What the visit is about. */
export const topicPage = (page: PageContext, journey: Journey, mistake?: TopicMistake): VNode => {
  const { t } = page.t
  const { topics } = page.directory
  const { kod, kraj, z } = journeyFields(journey)
  const first = topics[0] ? `topic-${topics[0].code}` : undefined
  const errors: FormError[] = mistake
    ? [{ ...(first !== undefined && { field: first }), text: t(mistakeKeys[mistake]) }]
    : []
  return (
    <PublicFrame
      {...frameOf(page)}
      title={t('topic.title')}
      error={errors.length > 0}
      back="/"
      step={1}
      aside={
        <Aside title={t('topic.other')} boxed>
          <p>
            <PhoneText language={page.language} text={t('topic.other.body')} />
          </p>
        </Aside>
      }
    >
      <ErrorSummary t={page.t} errors={errors} />
      <form action={linkTo(page, '/kod')} method="get">
        <HiddenFields values={{ kod, kraj, z }} />
        <fieldset aria-describedby={mistake ? 'topic-hint topic-error' : 'topic-hint'}>
          <legend>
            <h1 class="q">{t('topic.title')}</h1>
          </legend>
          <p class="hint" id="topic-hint">
            {t('topic.hint')}
          </p>
          {mistake && (
            <FieldError id="topic-error" prefix={t('ui.errorPrefix')} text={t(mistakeKeys[mistake])} />
          )}
          {topics.map(({ code, texts }) => (
            <PickCard
              key={code}
              id={`topic-${code}`}
              name="temat"
              value={code}
              label={texts[page.language].name}
              hint={texts[page.language].hint}
              checked={code === journey.topic?.code}
            />
          ))}
        </fieldset>
        <PrepareForTopics page={page} />
        <div class="btns next">
          <Button>{t('ui.continue')}</Button>
        </div>
      </form>
    </PublicFrame>
  )
}
