/** One line below the head; cells by the name of their column, trimmed. `line` counts from 1. */
export interface TableRow {
  line: number
  cells: Record<string, string>
}

export type Table = { ok: true; rows: TableRow[] } | { ok: false; problem: string }

/** Reads tab-separated text whose first line names the columns; empty lines are passed over. */
export const readTable = (text: string): Table => {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/)
  const columns = (lines[0] as string).split('\t').map((name) => name.trim())
  const rows: TableRow[] = []
  for (const [index, content] of lines.entries()) {
    if (index === 0 || content.trim() === '') continue
    const cells = content.split('\t')
    if (cells.length !== columns.length) {
      return { ok: false, problem: `line ${index + 1}: ${cells.length} cells instead of ${columns.length}` }
    }
    rows.push({
      line: index + 1,
      cells: Object.fromEntries(columns.map((name, column) => [name, (cells[column] as string).trim()])),
    })
  }
  return { ok: true, rows }
}
