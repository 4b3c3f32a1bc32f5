import type { AreaEffect, BranchEffect, Move } from '../../institution/areas/area-effect'
import { formatPostalCode } from '../../institution/postal-code'
import type { StaffPage } from '../../staff/pages/staff-frame'

export interface EffectProps {
  page: StaffPage
  effect: AreaEffect
  nameOf: (code: string) => string
}

const number = new Intl.NumberFormat('pl')
export const counted = (n: number): string => number.format(n)

const shownMoves = 60
const shownGaps = 200

/** A prefix as people write codes: '02-7', '02'; everything for ''. */
const prefixWords = (prefix: string): string => (prefix.length > 2 ? formatPostalCode(prefix) : prefix)

/** What becomes of each branch, which codes go where, and which have nobody. */
export const AreasEffect = (props: EffectProps) => {
  const { effect } = props
  return (
    <>
      <Branches {...props} />
      {effect.moves.length > 0 && <Moves {...props} />}
      <Gaps {...props} />
    </>
  )
}

const isChanged = ({ areasBefore, areasAfter, codesBefore, codesAfter }: BranchEffect) =>
  areasBefore !== areasAfter || codesBefore !== codesAfter

const difference = (before: number, after: number): string =>
  `${after > before ? '+' : after < before ? '−' : ''}${counted(Math.abs(after - before))}`

const Branches = ({ page, effect, nameOf }: EffectProps) => {
  const { t } = page.staffTexts
  const changed = effect.branches.filter(isChanged)
  const rest = effect.branches.length - changed.length
  return (
    <section class="card" aria-labelledby="skutki">
      <h2 id="skutki">{t('admin.areas.check.effect')}</h2>
      {changed.length > 0 && (
        <div class="scroll" tabIndex={0} role="group" aria-labelledby="skutki">
          <table class="t">
            <thead>
              <tr>
                <th scope="col">{t('admin.areas.effect.branch')}</th>
                {(['areasBefore', 'areasAfter', 'codesBefore', 'codesAfter', 'change'] as const).map(
                  (column) => (
                    <th key={column} scope="col" class="num">
                      {t(`admin.areas.effect.${column}`)}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody>
              {changed.map(({ branch, areasBefore, areasAfter, codesBefore, codesAfter }) => (
                <tr key={branch} data-branch={branch}>
                  <td>{nameOf(branch)}</td>
                  <td class="num">{counted(areasBefore)}</td>
                  <td class="num">{counted(areasAfter)}</td>
                  <td class="num">{counted(codesBefore)}</td>
                  <td class="num">{counted(codesAfter)}</td>
                  <td class="num">{difference(codesBefore, codesAfter)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rest > 0 && <p class="muted small">{t('admin.areas.effect.unchanged', { n: rest })}</p>}
    </section>
  )
}

const Moves = ({ page, effect, nameOf }: EffectProps) => {
  const { t } = page.staffTexts
  const name = (code: string | null) =>
    code === null ? <span class="muted">{t('admin.areas.effect.nobody')}</span> : nameOf(code)
  const more = effect.moves.length - shownMoves
  const sample = ({ sample: prefixes }: Move) =>
    prefixes.map((prefix) => prefixWords(prefix) || t('admin.areas.effect.allCodes')).join(', ')
  return (
    <section class="card" aria-labelledby="przejscia">
      <h2 id="przejscia">{t('admin.areas.effect.moves')}</h2>
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="przejscia">
        <table class="t">
          <thead>
            <tr>
              <th scope="col">{t('admin.areas.effect.from')}</th>
              <th scope="col">{t('admin.areas.effect.to')}</th>
              <th scope="col" class="num">
                {t('admin.areas.effect.codes')}
              </th>
              <th scope="col">{t('admin.areas.effect.sample')}</th>
            </tr>
          </thead>
          <tbody>
            {effect.moves.slice(0, shownMoves).map((move) => (
              <tr key={`${move.from} ${move.to}`} data-move={`${move.from ?? ''}-${move.to ?? ''}`}>
                <td>{name(move.from)}</td>
                <td>{name(move.to)}</td>
                <td class="num">{counted(move.codes)}</td>
                <td>{sample(move)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more > 0 && <p class="muted small">{t('admin.areas.effect.movesMore', { n: more })}</p>}
    </section>
  )
}

const Gaps = ({ page, effect: { gaps, gapCodesAfter } }: EffectProps) => {
  const { t } = page.staffTexts
  if (gaps.length === 0) return null
  const shown = gaps
    .slice(0, shownGaps)
    .map((prefix) => prefixWords(prefix) || t('admin.areas.effect.allCodes'))
  return (
    <details class="card">
      <summary>{t('admin.areas.effect.gaps', { n: counted(gapCodesAfter) })}</summary>
      <p class="muted small">{t('admin.areas.effect.gaps.hint')}</p>
      <p class="prefixes">
        {shown.join(', ')}
        {gaps.length > shownGaps && ' …'}
      </p>
    </details>
  )
}
