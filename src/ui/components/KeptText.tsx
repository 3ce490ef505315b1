import { useEffect, useEffectEvent, useState } from 'react';

/** Pause in typing after which a text is kept, ms. */
const PAUSE = 400;

interface KeptTextProps {
  readonly label: string;
  readonly className: string;
  readonly text: string;
  readonly maxLength?: number;
  readonly onKeep: (text: string) => void;
}

/** Free words, kept a moment after typing stops, when the field is left, and when it goes. */
export const KeptText = ({ label, className, text, maxLength, onKeep }: KeptTextProps) => {
  const [draft, setDraft] = useState<string>();
  const keep = () => {
    if (draft !== undefined) onKeep(draft);
  };
  const keepLatest = useEffectEvent(keep);
  useEffect(() => {
    if (draft === undefined) return undefined;
    const timer = setTimeout(() => keepLatest(), PAUSE);
    return () => clearTimeout(timer);
  }, [draft]);
  useEffect(() => () => keepLatest(), []);
  return (
    <label className={className}>
      {label}
      <textarea
        rows={2}
        maxLength={maxLength}
        value={draft ?? text}
        onChange={(e) => setDraft(e.target.value)}
        onBlur={() => {
          keep();
          setDraft(undefined);
        }}
      />
    </label>
  );
};
