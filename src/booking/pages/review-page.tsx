import type { VNode } from 'preact'
import { Aside } from '../../ui/aside'
import { Button } from '../../ui/button'
import { ErrorSummary, type FormError } from '../../ui/error-summary'
import { PublicFrame } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { SummaryList, type SummaryRow } from '../../ui/summary-list'
import type { Answers, AnswersWarning } from '../answers'
import type { AskedConsent, ConsentKind } from '../consents'
import type { Hold } from '../hold'
import { choiceRows } from './choices-aside'
import { ConsentCards } from './consent-cards'
import { HoldNotice } from './hold-notice'
import type { Journey } from './journey'
import { frameOf, linkTo, type PageContext } from './page-context'
import { shownPhone } from './visit-words'

export interface ReviewPageProps {
  hold: Hold
  answers: Answers
  journey: Journey
  consents: readonly AskedConsent[]
  /** Boxes ticked in the form that this page answers; none when it is first shown. */
  ticked?: readonly ConsentKind[]
  warnings: readonly AnswersWarning[]
  errors?: readonly FormError[]
  asked?: 'extended' | 'extendedBefore' | undefined
}

/** Everything once more, the consents, and the act itself. */
export const reviewPage = (page: PageContext, props: ReviewPageProps): VNode => {
  const { t } = page.t
  const { hold, answers, journey, consents, ticked = [], warnings, errors = [], asked } = props
  const details = `/rezerwacja/${hold.id}/dane`
  return (
    <PublicFrame
      {...frameOf(page)}
      title={t('review.title')}
      error={errors.length > 0}
      back={details}
      step={5}
      aside={
        <Aside title={t('review.changeMind.title')} boxed>
          <p class="small">{t('review.changeMind.body')}</p>
        </Aside>
      }
    >
      <ErrorSummary t={page.t} errors={errors} />
      <h1 class="q">{t('review.title')}</h1>
      <HoldNotice page={page} hold={hold} asked={asked} />
      {warnings.map(({ field, key, args }) => (
        <Notice key={field} kind="caution">
          <p>{t(key, args)}</p>
        </Notice>
      ))}
      <SummaryList
        t={page.t}
        rows={[...choiceRows(page, journey, hold), ...answerRows(page, answers, linkTo(page, details))]}
      />
      <form action={linkTo(page, `/rezerwacja/${hold.id}/sprawdz`)} method="post" novalidate>
        <h2 class="q">{t('consent.title')}</h2>
        <ConsentCards page={page} consents={consents} ticked={ticked} errors={errors} />
        <div class="btns next">
          <Button kind="ready" describedBy="ready-hint">
            {t('review.button')}
          </Button>
        </div>
        <p class="hint under" id="ready-hint">
          {t('review.button.hint')}
        </p>
      </form>
    </PublicFrame>
  )
}

const answerRows = (page: PageContext, answers: Answers, details: string): SummaryRow[] => {
  const { t } = page.t
  const { guardian } = answers
  return [
    {
      term: t('review.name'),
      value: `${answers.firstName} ${answers.lastName}`,
      change: `${details}#firstName`,
    },
    { term: t('review.phone'), value: shownPhone(answers.phone), change: `${details}#phone` },
    { term: t('review.email'), value: answers.email, change: `${details}#email` },
    {
      term: t('review.guardian'),
      value: guardian ? `${guardian.firstName} ${guardian.lastName}` : t('review.guardian.none'),
      change: `${details}#guardian`,
    },
    {
      term: t('review.language'),
      value: <span lang={answers.language}>{t(`ui.language.${answers.language}`)}</span>,
      change: `${details}#language`,
    },
  ]
}
