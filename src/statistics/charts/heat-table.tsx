const levels = 5

export interface HeatCell {
  /** How dark the cell is; null: as if it held nothing. */
  value: number | null
  text: string
}

/** A table whose cells are the darker the more they hold; what they hold stands in each. */
export const HeatTable = ({
  label,
  corner,
  columns,
  rows,
  sum,
  most,
}: {
  /** Of the region that scrolls: another one than those of all other tables. */
  label: string
  corner: string
  columns: readonly string[]
  rows: readonly { name: string; cells: readonly HeatCell[]; all: string }[]
  sum: string
  /** What is darkest; the most that a cell holds unless it is given. */
  most?: number
}) => {
  const darkest = most ?? Math.max(1, ...rows.flatMap(({ cells }) => cells.map(({ value }) => value ?? 0)))
  const level = (value: number | null) => Math.ceil(((value ?? 0) / darkest) * levels)
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
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
          {rows.map(({ name, cells, all }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map(({ value, text }, index) => (
                <td key={columns[index]} class={`num heat-${level(value)}`}>
                  {text}
                </td>
              ))}
              <td class="num">
                <b>{all}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
