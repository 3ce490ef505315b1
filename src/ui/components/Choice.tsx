interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly values: readonly T[];
  readonly value: T | undefined;
  readonly onChoose: (value: T | undefined) => void;
  /** How a value is shown; as it is where left out. */
  readonly wordOf?: (value: T) => string;
}

/** One of some values, or none. */
export const Choice = <T extends string>(props: ChoiceProps<T>) => {
  const { label, values, value, onChoose, wordOf = (each) => each } = props;
  return (
    <label>
      {label}
      <select
        value={value ?? ''}
        onChange={(e) => onChoose(values.find((each) => each === e.target.value))}
      >
        <option value="">–</option>
        {values.map((each) => (
          <option key={each} value={each}>
            {wordOf(each)}
          </option>
        ))}
      </select>
    </label>
  );
};
