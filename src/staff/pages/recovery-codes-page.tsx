import type { VNode } from 'preact'
import { Button, LinkButton } from '../../ui/button'
import { HiddenFields } from '../../ui/hidden-fields'
import { Notice } from '../../ui/notice'
import { accountPath, codesPath } from '../door-paths'
import { DoorPage, type DoorTexts } from './door-page'

interface Shown {
  left: number
  /** Made just now: shown this once. */
  codes?: readonly string[]
  next: string | undefined
}

/** Makes recovery codes, and shows them once. */
export const recoveryCodesPage = (texts: DoorTexts, { left, codes, next }: Shown): VNode => {
  const { t } = texts.staffTexts
  const onward = next ?? accountPath
  return (
    <DoorPage texts={texts} title={t('account.codes')} step={t('account.title')} back={accountPath}>
      {codes ? (
        <>
          <Notice kind="done" role="status">
            <p>{t('account.codes.shown')}</p>
          </Notice>
          <ul class="codes">
            {codes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
          <p>{t('account.codes.where')}</p>
          <div class="next">
            <LinkButton href={onward}>{t('account.codes.done')}</LinkButton>
          </div>
        </>
      ) : (
        <>
          <p>{t('account.codes.lead')}</p>
          <p>
            {t('account.codes.left', { n: left })}. {left > 0 && t('account.codes.replace')}
          </p>
          <form action={codesPath} method="post">
            <HiddenFields values={{ dalej: next }} />
            <div class="next">
              <Button>{t('account.codes.show')}</Button>
            </div>
          </form>
          <p>
            <a href={onward}>{t('account.codes.later')}</a>
          </p>
        </>
      )}
    </DoorPage>
  )
}
