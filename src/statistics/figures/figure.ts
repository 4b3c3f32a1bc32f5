import type { VNode } from 'preact'
import type { StaffTranslator } from '../../platform/i18n/translator'
import type { Statistics } from '../read-statistics'

/** The numbers of a figure, for its table and for CSV; the first column names the row. */
export interface FigureTable {
  columns: readonly string[]
  rows: readonly (readonly (string | number | null)[])[]
}

export interface Figure {
  /** In the address of its CSV. */
  name: string
  title: string
  lead?: string
  /** What each colour means, by its class. */
  legend?: readonly { kind: string; text: string }[]
  /** None: the table itself is what is shown. */
  chart?: VNode
  /** The chart is a table with all of the numbers. */
  chartIsTable?: true
  table: FigureTable
  /** Said instead of chart and table when there is nothing to show. */
  empty?: string
}

/** Makes a figure; undefined when it says nothing in this view. */
export type MakeFigure = (statistics: Statistics, texts: StaffTranslator) => Figure | undefined
