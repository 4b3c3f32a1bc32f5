import type { VNode } from 'preact'
import { Button } from '../../ui/button'
import { ErrorSummary, errorOf, type FormError } from '../../ui/error-summary'
import { Field } from '../../ui/field'
import { PublicFrame } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { frameOf, linkTo, type PageContext } from './page-context'

export interface FindPageProps {
  number?: string
  email?: string
  /** Fields: number, email; lostEmail of the form below. */
  errors?: readonly FormError[]
  /** The numbers were asked for; whether we know the address is not said. */
  numbersSent?: boolean
}

/** A visit without any link: by its number and the e-mail used for booking. */
export const findPage = (page: PageContext, props: FindPageProps = {}): VNode => {
  const { t } = page.t
  const { number, email, errors = [], numbersSent } = props
  return (
    <PublicFrame {...frameOf(page)} title={t('find.title')} error={errors.length > 0} back="/">
      <ErrorSummary t={page.t} errors={errors} />
      <h1 class="q">{t('find.title')}</h1>
      {numbersSent && (
        <Notice kind="done" role="status">
          <p>{t('find.lostNumber.done')}</p>
        </Notice>
      )}
      <p>{t('find.lead')}</p>
      <form action={linkTo(page, '/znajdz')} method="post" novalidate>
        <Field
          t={page.t}
          name="number"
          label={t('find.number.label')}
          hint={t('find.number.hint')}
          error={errorOf(errors, 'number')}
          value={number}
          autocomplete="off"
          maxLength={20}
        />
        <Field
          t={page.t}
          name="email"
          type="email"
          label={t('find.email.label')}
          error={errorOf(errors, 'email')}
          value={email}
          autocomplete="email"
        />
        <div class="btns next">
          <Button>{t('find.button')}</Button>
        </div>
      </form>
      <section class="below">
        <h2 class="q">{t('find.lostNumber')}</h2>
        <form action={linkTo(page, '/znajdz/numer')} method="post" novalidate>
          <Field
            t={page.t}
            name="lostEmail"
            type="email"
            label={t('find.email.label')}
            error={errorOf(errors, 'lostEmail')}
            autocomplete="email"
          />
          <Button kind="second">{t('find.lostNumber.button')}</Button>
        </form>
      </section>
    </PublicFrame>
  )
}
