import { useStore } from 'zustand';
import {
  type Hanging,
  HANGINGS,
  USUAL_SEQUENCE,
} from '../../../core/display/hanging/hanging-sequence.ts';
import { t } from '../../../i18n/phrases/text.ts';
import { sequenceOf } from '../../../state/settings-store.ts';
import { inWords } from '../../commands/words.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { useServices } from '../../services.tsx';

const moved = (sequence: readonly Hanging[], from: number, to: number): readonly Hanging[] => {
  const others = sequence.toSpliced(from, 1);
  return others.toSpliced(to, 0, ...sequence.slice(from, from + 1));
};

/** The hangings that the reader steps through: which, and in which order. Kept at every change. */
export const SequenceDialog = ({ onClose }: { onClose: () => void }) => {
  const { settings } = useServices();
  const sequence = sequenceOf(useStore(settings));
  const { hangInTurn } = settings.getState();
  const left = HANGINGS.filter((each) => !sequence.includes(each));
  return (
    <Dialog title={inWords('hanging.sequence')} onClose={onClose}>
      <ol className="hanging-sequence">
        {sequence.map((hanging, i) => {
          const name = inWords(`sequence.${hanging}`);
          return (
            <li key={hanging}>
              <label>
                <input
                  type="checkbox"
                  checked
                  // One hanging at least: stepping would lead nowhere.
                  disabled={sequence.length === 1}
                  onChange={() => hangInTurn(sequence.filter((each) => each !== hanging))}
                />
                {name}
              </label>
              <button
                type="button"
                disabled={i === 0}
                aria-label={t('{name}: earlier', { name })}
                onClick={() => hangInTurn(moved(sequence, i, i - 1))}
              >
                ↑
              </button>
              <button
                type="button"
                disabled={i === sequence.length - 1}
                aria-label={t('{name}: later', { name })}
                onClick={() => hangInTurn(moved(sequence, i, i + 1))}
              >
                ↓
              </button>
            </li>
          );
        })}
      </ol>
      <ul className="hanging-sequence">
        {left.map((hanging) => (
          <li key={hanging}>
            <label>
              <input
                type="checkbox"
                checked={false}
                onChange={() => hangInTurn([...sequence, hanging])}
              />
              {inWords(`sequence.${hanging}`)}
            </label>
          </li>
        ))}
      </ul>
      <p>
        <button
          type="button"
          disabled={sequence.join() === USUAL_SEQUENCE.join()}
          onClick={() => hangInTurn(undefined)}
        >
          {t('The usual sequence')}
        </button>
      </p>
    </Dialog>
  );
};
