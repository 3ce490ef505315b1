import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { Command } from '../../commands/command.ts';
import { useCommands } from '../commands/use-commands.ts';
import { t } from '../../i18n/phrases/text.ts';
import { useNipples, useReadingFirst, useServices } from '../services.tsx';

/** Escape ends the setting of a nipple; offered only meanwhile, so that it lies on top. */
const PlacingNipple = () => {
  const { nipples, notices } = useServices();
  useCommands([
    {
      id: 'guidance.stop',
      group: t('Lesions'),
      title: t('Stop setting the nipple'),
      keys: ['Escape'],
      run: () => nipples.getState().startPlacing(false),
    },
  ]);
  useEffect(() => {
    notices.getState().tell('nipple', t('Click on the nipple of a view; Escape to stop.'));
    return () => notices.getState().tell('nipple', undefined);
  }, [notices]);
  return null;
};

/** How the page guides the reader: reading first, and what the nipple tells. */
export const Guidance = () => {
  const { nipples, settings } = useServices();
  const readingFirst = useReadingFirst();
  const isLookedTwice = useStore(settings, (s) => s.secondLook);
  const shown = useNipples((s) => s.shown);
  const placing = useNipples((s) => s.placing);
  const group = t('Lesions');
  const placeNipple = () => nipples.getState().startPlacing(!placing);
  const commands: readonly Command[] = [
    {
      id: 'guidance.nipple',
      group,
      title: t('Set the nipple of a view'),
      keys: ['Shift+N'],
      run: placeNipple,
    },
    {
      id: 'guidance.arc',
      group,
      title: t('Show nipples and nipple distances'),
      keys: ['G'],
      run: () => nipples.getState().show(!shown),
    },
    {
      id: 'guidance.reading-first',
      group,
      title: t('Reading first: hide scores until assessed'),
      run: () => settings.getState().readFirst(!readingFirst),
    },
    {
      id: 'guidance.second-look',
      group,
      title: t('Second look: a finder of masses, after my own look'),
      run: () => settings.getState().lookTwice(!isLookedTwice),
    },
  ];
  useCommands(commands);
  return (
    <section className="guidance" aria-label={t('Guidance')}>
      <label>
        <input
          type="checkbox"
          checked={readingFirst}
          data-testid="reading-first"
          onChange={(e) => settings.getState().readFirst(e.target.checked)}
        />
        {t('Reading first: hide scores until assessed')}
      </label>
      <label>
        <input
          type="checkbox"
          checked={isLookedTwice}
          data-testid="look-twice"
          onChange={(e) => settings.getState().lookTwice(e.target.checked)}
        />
        {t('Second look: a finder of masses, after my own look')}
      </label>
      <span>
        <button
          type="button"
          aria-pressed={shown}
          title="G"
          onClick={() => nipples.getState().show(!shown)}
        >
          {t('Nipple distance')}
        </button>
        <button type="button" aria-pressed={placing} title="Shift+N" onClick={placeNipple}>
          {t('Set nipple')}
        </button>
      </span>
      {placing && <PlacingNipple />}
    </section>
  );
};
