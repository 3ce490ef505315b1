import {
  type AppliedSiteCalibration,
  appliedTo,
  restated,
} from '../core/classifier/site-calibration.ts';
import type { PackManifest } from '../core/pack/manifest.ts';
import type { ShownScore } from '../core/lesion/reading.ts';
import type { LesionsStore } from './lesions-store.ts';
import { type ScoreOnShow, scoreOnShow } from './current-score.ts';
import type { ScoringStore } from './scoring-store.ts';
import type { SettingsStore } from './settings-store.ts';
import type { StudiesStore } from './studies-store.ts';

type PackIdentity = Pick<PackManifest, 'id' | 'version' | 'prevalence'>;

/** A lesion's score as the screen shows it; undefined while there is none. */
export const shownScore = (
  result: ScoreOnShow | undefined,
  { id, version, prevalence }: PackIdentity,
  chosenPrevalence: number | undefined,
  site?: AppliedSiteCalibration,
): ShownScore | undefined => {
  if (result?.phase !== 'scored') return undefined;
  const { likelihood, trainingPrevalence } = result.answer.score;
  const assumedPrevalence = chosenPrevalence ?? prevalence.assumed;
  return {
    packId: id,
    packVersion: version,
    likelihood: restated(likelihood.value, {
      training: trainingPrevalence,
      assumed: assumedPrevalence,
      site,
    }),
    assumedPrevalence,
    ...(site && { siteCalibration: site.name }),
  };
};

interface Sources {
  readonly lesions: LesionsStore;
  readonly scoring: ScoringStore;
  readonly settings: SettingsStore;
  readonly studies: StudiesStore;
  readonly pack: PackIdentity;
  /** Of the pack's manifest. */
  readonly packSha256: string | undefined;
  readonly now: () => Date;
  readonly page: {
    /** Whether anybody can see the page: not while it is behind another tab. */
    isVisible(): boolean;
    onVisible(listener: () => void): void;
  };
}

/**
 * Notes on every lesion the first score that came on screen while nothing hid it: a reader who turns
 * reading first on later has seen those, and an assessment made then is none without the score. In a tab
 * behind others nobody sees one until it comes to the front.
 */
export const noteShownScores = (sources: Sources): void => {
  const { lesions, scoring, settings, studies, pack, packSha256, now, page } = sources;
  const note = () => {
    const { readingFirst, assumedPrevalence, siteCalibration } = settings.getState();
    if (readingFirst || !page.isVisible()) return;
    const { patientKey, images } = studies.getState();
    for (const lesion of lesions.getState().lesions) {
      if (lesion.patientKey !== patientKey || lesion.reveal) continue;
      const score = shownScore(
        scoreOnShow(lesion, scoring.getState(), images),
        pack,
        assumedPrevalence,
        appliedTo(siteCalibration, packSha256),
      );
      if (score) lesions.getState().reveal(lesion.id, { at: now().toISOString(), ...score });
    }
  };
  scoring.subscribe((s, before) => {
    // An engine that comes back shows again what it had computed.
    if (s.results !== before.results || s.engine.phase !== before.engine.phase) note();
  });
  settings.subscribe(note);
  studies.subscribe((s, before) => {
    if (s.patientKey !== before.patientKey) note();
  });
  page.onVisible(note);
};
