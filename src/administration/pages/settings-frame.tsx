import type { ComponentChildren } from 'preact'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { SettingsWay } from '../../staff/pages/settings-way'

interface SettingsFrameProps {
  page: StaffPage
  title: string
  /** Where this page was reached from, after the settings themselves. */
  from?: { path: string; text: string }
  failed?: boolean
  action?: ComponentChildren
  children: ComponentChildren
}

/** The frame of a page under "Ustawienia", with the way back. */
export const SettingsFrame = ({
  page,
  title,
  from,
  failed = false,
  action,
  children,
}: SettingsFrameProps) => {
  return (
    <StaffFrame page={page} title={title} current="settings" failed={failed}>
      <main class="page">
        <div class="bar-top">
          <div>
            <SettingsWay page={page} {...(from && { to: from })} />
            <h1>{title}</h1>
          </div>
          <span class="grow" />
          {action}
        </div>
        <div class="body form-page">{children}</div>
      </main>
    </StaffFrame>
  )
}
