import { grouped } from '../../platform/i18n/numbers'

const levels = 5

/** A table whose cells are the darker the more they hold; the number stands in each. */
export const HeatTable = ({
  corner,
  columns,
  rows,
  sum,
}: {
  corner: string
  columns: readonly string[]
  rows: readonly { name: string; visits: readonly number[]; all: number }[]
  sum: string
}) => {
  const most = Math.max(1, ...rows.flatMap(({ visits }) => visits))
  const level = (visits: number) => (visits === 0 ? 0 : Math.ceil((visits / most) * levels))
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={corner}>
      <table class="t heat">
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {columns.map((column) => (
              <th key={column} scope="col" class="num">
                {column}
              </th>
            ))}
            <th scope="col" class="num">
              {sum}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, visits, all }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {visits.map((n, index) => (
                <td key={columns[index]} class={`num heat-${level(n)}`}>
                  {grouped(n)}
                </td>
              ))}
              <td class="num">
                <b>{grouped(all)}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
