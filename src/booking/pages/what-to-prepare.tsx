import type { Topic } from '../../institution/directory'
import type { PageContext } from './page-context'

/** What to have at hand for a topic. */
export const PrepareList = ({ page, topic }: { page: PageContext; topic: Topic }) => (
  <ul>
    {topic.texts[page.language].prepare.map((item) => (
      <li key={item}>{item}</li>
    ))}
  </ul>
)

/** The lists of all topics, closed until asked for. */
export const PrepareForTopics = ({ page }: { page: PageContext }) => {
  const { t } = page.t
  return (
    <details class="under">
      <summary>{t('topic.prepare.title')}</summary>
      <p>{t('topic.prepare.note')}</p>
      {page.directory.topics.map((topic) => (
        <div key={topic.code}>
          <p class="legend">{topic.texts[page.language].name}</p>
          <PrepareList page={page} topic={topic} />
        </div>
      ))}
    </details>
  )
}
