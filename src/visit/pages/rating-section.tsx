import type { PageContext } from '../../booking/pages/page-context'
import { Button } from '../../ui/button'
import { ErrorSummary } from '../../ui/error-summary'
import { FieldError, TextArea } from '../../ui/field'
import { PickCard } from '../../ui/pick-card'
import { Notice } from '../../ui/notice'
import { longestRatingComment, settledAnswers } from '../rate-visit'

/** A rating that was not accepted: what was typed, and what is wrong with it. */
export interface TypedRating {
  score: string
  settled: string
  comment: string
  problem: 'score' | 'comment' | 'number'
}

export const ratingFields = { score: 'ocena', settled: 'zalatwione', comment: 'komentarz' } as const
const firstScore = `${ratingFields.score}-5`
const scoreError = `${ratingFields.score}-e`

function problemText({ t: { t } }: PageContext, { problem }: TypedRating): string {
  switch (problem) {
    case 'score':
      return t('rating.error.empty')
    case 'comment':
      return t('rating.error.comment.tooLong', { max: longestRatingComment })
    case 'number':
      return t('rating.error.comment.number')
  }
}

export const RatingErrors = ({ page, typed }: { page: PageContext; typed: TypedRating }) => (
  <ErrorSummary
    t={page.t}
    errors={[
      {
        field: typed.problem === 'score' ? firstScore : ratingFields.comment,
        text: problemText(page, typed),
      },
    ]}
  />
)

interface RatingProps {
  page: PageContext
  rated: boolean
  action: string
  typed?: TypedRating | undefined
}

/** Anonymous and never needed; thanks once it was given. */
export const RatingSection = ({ page, rated, action, typed }: RatingProps) => {
  const { t } = page.t
  if (rated)
    return (
      <section id="ocena">
        <Notice kind="done">
          <p>{t('rating.thanks')}</p>
        </Notice>
      </section>
    )
  const isAboutScore = typed?.problem === 'score'
  const settledTexts = { yes: t('ui.yes'), partly: t('rating.settled.partly'), no: t('ui.no') }
  return (
    <section id="ocena" aria-labelledby="ocena-tytul" class="no-print">
      <h2 id="ocena-tytul" class="q">
        {t('rating.title')}
      </h2>
      <p class="muted">{t('rating.anonymous')}</p>
      <form action={action} method="post" novalidate>
        <fieldset
          class={isAboutScore ? 'field field-bad' : 'field'}
          aria-describedby={isAboutScore ? scoreError : undefined}
        >
          <legend>{t('rating.scale.legend')}</legend>
          {typed && isAboutScore && (
            <FieldError id={scoreError} prefix={t('ui.errorPrefix')} text={problemText(page, typed)} />
          )}
          {([5, 4, 3, 2, 1] as const).map((score) => (
            <PickCard
              key={score}
              id={`${ratingFields.score}-${score}`}
              name={ratingFields.score}
              value={String(score)}
              checked={typed?.score === String(score)}
              error={isAboutScore}
              label={t(`rating.scale.${score}`)}
            />
          ))}
        </fieldset>
        <fieldset class="field">
          <legend>{t('rating.settled.legend')}</legend>
          {settledAnswers.map((answer) => (
            <PickCard
              key={answer}
              id={`${ratingFields.settled}-${answer}`}
              name={ratingFields.settled}
              value={answer}
              checked={typed?.settled === answer}
              label={settledTexts[answer]}
            />
          ))}
        </fieldset>
        <TextArea
          t={page.t}
          name={ratingFields.comment}
          label={t('rating.comment.label')}
          hint={t('rating.comment.hint')}
          error={typed && !isAboutScore ? problemText(page, typed) : undefined}
          value={typed?.comment}
          rows={4}
        />
        <div class="btns">
          <Button kind="second">{t('rating.button')}</Button>
        </div>
      </form>
    </section>
  )
}
