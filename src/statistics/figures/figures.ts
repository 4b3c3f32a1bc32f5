import { endReasonsFigure, lengthFigure, ratingFigure, unmetTopicsFigure } from './bars-figures'
import type { MakeFigure } from './figure'
import { loadFigure } from './load-figure'
import { latenessFigure, waitingFigure } from './minutes-figures'
import { occupancyBranchesFigure, occupancyWeekFigure, seatsFigure } from './occupancy-figures'
import { areasFigure, branchesFigure, comparisonFigure, topicsFigure } from './table-figures'
import { visitsFigure } from './visits-figure'

/** Every figure of the page, in its order: two and two side by side, the first the wider one. */
export const makeFigures: readonly MakeFigure[] = [
  visitsFigure,
  unmetTopicsFigure,
  waitingFigure,
  areasFigure,
  latenessFigure,
  endReasonsFigure,
  loadFigure,
  lengthFigure,
  seatsFigure,
  occupancyBranchesFigure,
  occupancyWeekFigure,
  comparisonFigure,
  ratingFigure,
  topicsFigure,
  branchesFigure,
]
