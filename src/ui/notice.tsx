import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icons'

type NoticeKind = 'info' | 'done' | 'caution' | 'trouble'

const looks: Record<NoticeKind, { class: string; icon: IconName }> = {
  info: { class: 'note', icon: 'info' },
  done: { class: 'note note-ok', icon: 'done' },
  caution: { class: 'note note-warn', icon: 'alert' },
  trouble: { class: 'note note-bad', icon: 'cross' },
}

interface NoticeProps {
  kind?: NoticeKind
  icon?: IconName
  /** `status` for what just changed, `alert` for what went wrong. */
  role?: 'status' | 'alert'
  children: ComponentChildren
}

/** A tinted box with an icon: information blue, done green, caution honey, trouble red. */
export const Notice = ({ kind = 'info', icon, role, children }: NoticeProps) => (
  <div class={looks[kind].class} role={role}>
    <Icon name={icon ?? looks[kind].icon} />
    <div>{children}</div>
  </div>
)
