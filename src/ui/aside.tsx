import type { ComponentChildren } from 'preact'

/** Beside the sheet: choices so far or a word of help. `boxed` puts it on a surface of its own. */
export const Aside = ({
  title,
  boxed,
  children,
}: {
  title: string
  boxed?: boolean
  children: ComponentChildren
}) => (
  <aside class="aside" aria-labelledby="aside-title">
    {boxed ? (
      <div class="box">
        <h2 id="aside-title">{title}</h2>
        {children}
      </div>
    ) : (
      <>
        <h2 id="aside-title" class="q">
          {title}
        </h2>
        {children}
      </>
    )}
  </aside>
)
