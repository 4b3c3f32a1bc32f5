import type { Branch } from '../../institution/directory'
import type { StaffPage } from './staff-frame'

interface BranchChoiceProps {
  page: StaffPage
  /** Address of the page that shows one branch. */
  action: string
  branch: Branch
  branches: readonly Branch[]
  /** What else the address holds. */
  kept?: Readonly<Record<string, string>>
  /** The branch as it stands in the list; its name unless given. */
  textOf?: (branch: Branch) => string
}

/** Leads to the same page of another branch; nothing for who has one only. */
export const BranchChoice = ({ page, action, branch, branches, kept = {}, ...more }: BranchChoiceProps) => {
  const { textOf = ({ name }: Branch) => name } = more
  if (branches.length < 2) return null
  return (
    <form class="row" method="get" action={action}>
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <label class="hide" for="oddzial">
        {page.staffTexts.t('admin.branches')}
      </label>
      <span class="f">
        <select id="oddzial" name="oddzial">
          {branches.map((one) => (
            <option key={one.code} value={one.code} selected={one.code === branch.code}>
              {textOf(one)}
            </option>
          ))}
        </select>
      </span>
      <button class="b">{page.texts.t('ui.change')}</button>
    </form>
  )
}
