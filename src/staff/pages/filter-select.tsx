interface FilterSelectProps {
  name: string
  label: string
  /** What is chosen when nothing is. */
  all: string
  value: string | undefined
  options: readonly (readonly [value: string, text: string])[]
}

/** One of several, or all, in the filter of a list. */
export const FilterSelect = ({ name, label, all, value, options }: FilterSelectProps) => (
  <div class="f">
    <label for={name}>{label}</label>
    <select id={name} name={name}>
      <option value="">{all}</option>
      {options.map(([option, text]) => (
        <option key={option} value={option} selected={option === value}>
          {text}
        </option>
      ))}
    </select>
  </div>
)
