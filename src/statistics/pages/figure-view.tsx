import type { StaffPage } from '../../staff/pages/staff-frame'
import type { Figure, FigureTable } from '../figures/figure'
import { dayWords, grouped } from '../../platform/i18n/numbers'
import { isDay } from '../../platform/zone'

/** A chart, the table behind it and the file of it. */
export const FigureView = ({ page, figure, csv }: { page: StaffPage; figure: Figure; csv: string }) => {
  const { t } = page.staffTexts
  const { name, title, lead, legend, chart, chartIsTable, table, empty } = figure
  return (
    <figure class="chart" id={name} aria-labelledby={`${name}-tytul`}>
      <figcaption>
        <div class="row">
          <h2 id={`${name}-tytul`}>{title}</h2>
          <span class="grow" />
          {empty === undefined && (
            <a class="small csv" href={csv} download aria-label={t('stats.csv.of', { title })}>
              {t('stats.csv')}
            </a>
          )}
        </div>
        {lead !== undefined && <p class="muted small">{lead}</p>}
        {legend && empty === undefined && (
          <p class="legend">
            {legend.map(({ kind, text }) => (
              <span key={kind}>
                <i class={kind} />
                {text}
              </span>
            ))}
          </p>
        )}
      </figcaption>
      {empty !== undefined ? (
        <p class="empty">{empty}</p>
      ) : (
        <>
          {chart}
          {chart && !chartIsTable && (
            <details>
              <summary>{t('stats.showTable')}</summary>
              <NumbersTable label={title} table={table} />
            </details>
          )}
          {!chart && <NumbersTable label={title} table={table} />}
        </>
      )}
    </figure>
  )
}

const NumbersTable = ({ label, table: { columns, rows } }: { label: string; table: FigureTable }) => (
  <div class="scroll" tabIndex={0} role="region" aria-label={label}>
    <table class="t">
      <thead>
        <tr>
          {columns.map((column, index) => (
            <th key={column} scope="col" class={index === 0 ? undefined : 'num'}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([first = '', ...cells]) => (
          <tr key={first}>
            <th scope="row">{shown(first)}</th>
            {cells.map((cell, index) => (
              <td key={columns[index + 1]} class="num">
                {shown(cell)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

/** As people read it: the files keep days as '2026-10-05'. */
function shown(cell: string | number | null): string {
  if (cell === null) return '–'
  if (typeof cell === 'number') return grouped(cell)
  return isDay(cell) ? dayWords(cell) : cell
}
