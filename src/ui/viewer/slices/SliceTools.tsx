import { useStore } from 'zustand';
import { volumeIn } from '../../../commands/slice-commands.ts';
import { t } from '../../../i18n/phrases/text.ts';
import {
  CINE_RATES,
  type CineRate,
  SLAB_THICKNESSES,
  type SlabThickness,
  type SliceMode,
} from '../../../state/slices-store.ts';
import { useCommandContext } from '../../commands/command-context.ts';
import { CommandButton, commandsIn } from '../toolbar/Toolbar.tsx';
import { modeName } from './slice-words.ts';

const MODES: readonly SliceMode[] = ['slice', 'mean', 'maximum'];

/** How the slices of the volume in the active view are gone through and put together. */
export const SliceTools = ({ side }: { side: 'left' | 'right' }) => {
  const context = useCommandContext();
  const { slices } = context;
  const { mode, thickness, rate } = useStore(slices);
  const volume = volumeIn(context);
  if (!volume) return null;
  const { spacing } = volume.slices;
  const { setMode, setThickness, setRate } = slices.getState();
  return (
    <div
      role="group"
      aria-label={t('Tomosynthesis')}
      className={`slice-tools ${side}`}
      // The view beneath takes presses for its own.
      onPointerDown={(event) => event.stopPropagation()}
      onMouseDown={(event) => event.stopPropagation()}
      onDoubleClickCapture={(event) => event.stopPropagation()}
    >
      {commandsIn('slices').map((entry) => (
        <CommandButton key={entry.id} {...{ entry, context }} />
      ))}
      <select
        aria-label={t('Slices a second')}
        title={t('Slices a second')}
        value={rate}
        onChange={(e) => setRate(Number(e.target.value) as CineRate)}
      >
        {CINE_RATES.map((each) => (
          <option key={each} value={each}>
            {t('{rate}/s', { rate: each })}
          </option>
        ))}
      </select>
      <select
        aria-label={t('Slices or slab')}
        title={t('Slices or slab')}
        value={mode}
        onChange={(e) => setMode(e.target.value as SliceMode)}
      >
        {MODES.map((each) => (
          <option key={each} value={each}>
            {modeName(each)}
          </option>
        ))}
      </select>
      {mode === 'slice' ? null : (
        <select
          aria-label={t('Thickness of the slab')}
          title={t('Thickness of the slab')}
          value={thickness}
          onChange={(e) => setThickness(Number(e.target.value) as SlabThickness)}
        >
          {SLAB_THICKNESSES.map((each) => (
            <option key={each} value={each}>
              {spacing === undefined
                ? t('{count} slices', { count: each })
                : t('{length} mm', { length: each })}
            </option>
          ))}
        </select>
      )}
    </div>
  );
};
