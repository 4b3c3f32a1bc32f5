import type { PageContext } from '../../booking/pages/page-context'
import { Button } from '../../ui/button'
import { ErrorSummary } from '../../ui/error-summary'
import { PickCard } from '../../ui/pick-card'
import { Notice } from '../../ui/notice'
import { longestRatingComment, settledAnswers } from '../rate-visit'

/** A rating that was not accepted: what was typed, and what is wrong with it. */
export interface TypedRating {
  score: string
  settled: string
  comment: string
  problem: 'score' | 'comment'
}

export const ratingFields = { score: 'ocena', settled: 'zalatwione', comment: 'komentarz' } as const
const firstScore = `${ratingFields.score}-5`

const problemText = ({ t: { t } }: PageContext, { problem }: TypedRating): string =>
  problem === 'score'
    ? t('rating.error.empty')
    : t('rating.error.comment.tooLong', { max: longestRatingComment })

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
  const settledTexts = { yes: t('ui.yes'), partly: t('rating.settled.partly'), no: t('ui.no') }
  return (
    <section id="ocena" aria-labelledby="ocena-tytul" class="no-print">
      <h2 id="ocena-tytul" class="q">
        {t('rating.title')}
      </h2>
      <p class="muted">{t('rating.anonymous')}</p>
      <form action={action} method="post" novalidate>
        <fieldset class="field">
          <legend>{t('rating.scale.legend')}</legend>
          {typed?.problem === 'score' && <p class="err">{problemText(page, typed)}</p>}
          {([5, 4, 3, 2, 1] as const).map((score) => (
            <PickCard
              key={score}
              id={`${ratingFields.score}-${score}`}
              name={ratingFields.score}
              value={String(score)}
              checked={typed?.score === String(score)}
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
        <div class="field">
          <label for={ratingFields.comment}>{t('rating.comment.label')}</label>
          <p id="komentarz-opis" class="hint">
            {t('rating.comment.hint')}
          </p>
          {typed?.problem === 'comment' && <p class="err">{problemText(page, typed)}</p>}
          <textarea
            id={ratingFields.comment}
            name={ratingFields.comment}
            class="in"
            rows={4}
            aria-describedby="komentarz-opis"
          >
            {typed?.comment}
          </textarea>
        </div>
        <div class="btns">
          <Button kind="second">{t('rating.button')}</Button>
        </div>
      </form>
    </section>
  )
}
