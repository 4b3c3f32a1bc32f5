import type { VNode } from 'preact'
import { DeskFrame, type DeskPage, dayPath } from './desk-frame'

/** Says why a page of the desk is not shown, and leads on where there is somewhere to go. */
export const deskMessagePage = (page: DeskPage, message: string, leadsToDay: boolean): VNode => (
  <DeskFrame page={page} title={message}>
    <main class="page">
      <div class="bar-top">
        <h1>{page.staffTexts.t('desk.title')}</h1>
      </div>
      <div class="body">
        <p role="alert">{message}</p>
        {leadsToDay && (
          <p>
            <a class="b" href={dayPath}>
              {page.staffTexts.t('desk.nav.today')}
            </a>
          </p>
        )}
      </div>
    </main>
  </DeskFrame>
)
