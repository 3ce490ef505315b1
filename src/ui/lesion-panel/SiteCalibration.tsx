import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { readSiteCalibration } from '../../core/classifier/site-calibration.ts';
import type { Message } from '../../core/message/message.ts';
import { say, t } from '../../i18n/phrases/text.ts';
import { useCommands } from '../commands/use-commands.ts';
import { exactPercent } from '../format.ts';
import { useAssumedPrevalence } from '../prevalence.ts';
import { useServices } from '../services.tsx';

/** What is said of the one that is loaded, applied or not. */
const Loaded = () => {
  const { settings } = useServices();
  const { site } = useAssumedPrevalence();
  const loaded = useStore(settings, (s) => s.siteCalibration);
  if (!loaded) return null;
  const { name, pack, malignant, benign, prevalence } = loaded;
  return (
    <p className={site ? 'fine' : 'warnings'} data-testid="site-calibration">
      {site
        ? t('{site}, {lesions} lesions, {share} malignant', {
            site: name,
            lesions: malignant + benign,
            share: exactPercent(prevalence),
          })
        : t('Not applied: {site} is of {pack}, not of the pack in use.', {
            site: name,
            pack: `${pack.id} ${pack.version}`,
          })}{' '}
      <button
        type="button"
        className="quiet"
        onClick={() => settings.getState().calibrateForSite(undefined)}
      >
        {t('Remove')}
      </button>
    </p>
  );
};

/** The site's own calibration of the pack: loaded from a file that `npm run validate` wrote. */
export const SiteCalibration = () => {
  const { settings, packSha256 } = useServices();
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<Message>();
  useCommands([
    {
      id: 'page.site-calibration',
      group: t('Page'),
      title: t('Load a site calibration'),
      run: () => input.current?.click(),
    },
  ]);
  const take = async (file: File | undefined) => {
    if (!file) return;
    const read = readSiteCalibration(await file.text(), packSha256);
    setProblem(read.ok ? undefined : read.error);
    if (read.ok) settings.getState().calibrateForSite(read.value);
  };
  return (
    <section aria-label={t('Site calibration')}>
      <Loaded />
      {problem && (
        <p role="alert" className="alarm">
          {say(problem)}
        </p>
      )}
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,application/json"
        aria-label={t('Load a site calibration')}
        data-testid="site-calibration-input"
        onChange={(e) => {
          void take(e.target.files?.[0]);
          e.target.value = '';
        }}
      />
    </section>
  );
};
