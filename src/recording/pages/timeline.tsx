import { playerIds } from '../../contract/player-boot'
import type { RecordingIndex } from '../../contract/recording-index'
import type { StaffPage } from '../../staff/pages/staff-frame'
import { clockWords } from '../player-facts'

/** Of the drawing; it is stretched to the page's width. */
const width = 1000
const rowHeight = 8
const top = 14

/** The time line: a row of what there is of each file, gaps hatched, mutes thin, chapters as marks above. */
export const Timeline = ({ page, index }: { page: StaffPage; index: RecordingIndex }) => {
  const { t } = page.staffTexts
  const { durationMs, files, gaps, mutes, chapters } = index
  const x = (ms: number) => (Math.min(Math.max(ms, 0), durationMs) / Math.max(durationMs, 1)) * width
  const across = ({ fromMs, toMs }: { fromMs: number; toMs: number }) => ({
    x: x(fromMs),
    width: Math.max(2, x(toMs) - x(fromMs)),
  })
  const height = top + files.length * (rowHeight + 4)
  return (
    <div
      id={playerIds.timeline}
      class="timeline"
      role="slider"
      tabIndex={0}
      aria-label={t('player.timeline')}
      aria-valuemin={0}
      aria-valuemax={Math.round(durationMs / 1000)}
      aria-valuenow={0}
      aria-valuetext={t('player.position', { time: '0:00', total: clockWords(durationMs) })}
    >
      <svg
        viewBox={`0 0 ${width} ${height}`}
        height={height * 1.5}
        preserveAspectRatio="none"
        aria-hidden="true"
        focusable="false"
      >
        <defs>
          <pattern id="kreski" width="6" height="6" patternUnits="userSpaceOnUse">
            <path d="M0 6 6 0" class="hatch" />
          </pattern>
        </defs>
        {files.map((file, row) => {
          const y = top + row * (rowHeight + 4)
          const picture = file.kind === 'screen' ? 'screen' : 'video'
          const own = (one: { participant: string; kind: string }) =>
            one.participant === file.participant &&
            (file.kind === 'screen' ? one.kind === picture : one.kind !== 'screen')
          return (
            <g key={file.name}>
              <rect
                class="there"
                y={y}
                height={rowHeight}
                {...across({ fromMs: file.offsetMs, toMs: file.offsetMs + file.durationMs })}
              />
              {gaps.filter(own).map((gap, position) => (
                <g key={position}>
                  <rect class="gap" y={y} height={rowHeight} {...across(gap)} />
                  <rect class="gap-lines" fill="url(#kreski)" y={y} height={rowHeight} {...across(gap)} />
                </g>
              ))}
              {mutes.filter(own).map((mute, position) => (
                <rect key={position} class="muted-part" y={y + rowHeight - 2} height={2} {...across(mute)} />
              ))}
            </g>
          )
        })}
        {chapters.map(({ atMs }, position) => (
          <rect
            key={position}
            class="chapter"
            x={Math.min(x(atMs), width - 2)}
            y={2}
            width={2}
            height={height - 2}
          />
        ))}
        <rect class="played" x={0} y={0} width={0} height={4} />
        <rect class="head" x={0} y={0} width={3} height={height} />
      </svg>
    </div>
  )
}
