import type { VNode } from 'preact'
import type { Branch, Topic } from '../../institution/directory'
import { Button } from '../../ui/button'
import { PublicFrame } from '../../ui/frame'
import { HiddenFields } from '../../ui/hidden-fields'
import type { Hold } from '../hold'
import { ChoicesAside } from './choices-aside'
import { type Journey, journeyFields, journeyPath } from './journey'
import { frameOf, linkTo, type PageContext } from './page-context'
import { instantValue } from './times-grid'
import { dayAndTime, dayTime } from './visit-words'

export interface HoldGoneProps {
  hold: Hold
  /** With this hold as the earlier one, so that its answers go along. */
  journey: Journey & { topic: Topic; branch: Branch }
  standing: 'expired' | 'lost'
  /** Free times near the one that is gone. */
  nearest: readonly Date[]
}

/** Time ran out: the same time once more if it is still free, the nearest ones, all of them. Answers are kept. */
export const holdGonePage = (page: PageContext, props: HoldGoneProps): VNode => {
  const { t } = page.t
  const { hold, journey, standing, nearest } = props
  const title = t(`hold.${standing}.title`)
  const carried = journeyFields(journey)
  return (
    <PublicFrame {...frameOf(page)} title={title} aside={<ChoicesAside page={page} journey={journey} />}>
      <h1 class="q">{title}</h1>
      <p>{t(`hold.${standing}.body`, dayAndTime(page, hold.startsAt))}</p>
      {standing === 'expired' && (
        <form class="btns next" action={linkTo(page, '/termin')} method="post">
          <HiddenFields values={carried} />
          <Button name="start" value={instantValue(hold.startsAt)}>
            {t('hold.expired.again')}
          </Button>
        </form>
      )}
      {nearest.length > 0 && (
        <form class="nearest" action={linkTo(page, '/termin')} method="post">
          <HiddenFields values={carried} />
          <h2 class="q">{t('hold.nearest')}</h2>
          {nearest.map((startsAt) => (
            <Button key={startsAt.getTime()} kind="second" name="start" value={instantValue(startsAt)}>
              {dayTime(page, startsAt)}
            </Button>
          ))}
        </form>
      )}
      <p>
        <a href={linkTo(page, journeyPath.times(journey))}>{t('hold.all')}</a>
      </p>
    </PublicFrame>
  )
}
