import { say, t } from '../../i18n/phrases/text.ts';
import type { EngineStatus } from '../../ports/inference.ts';

/** Why nothing is scored, in a sentence; undefined while the engine runs or starts. */
export const engineProblem = (status: EngineStatus): string | undefined => {
  if (status.phase === 'blocked')
    return t('Scoring is blocked. {reason}', { reason: say(status.reason) });
  if (status.phase === 'failed')
    return t('Scoring is not available: {reason}', { reason: say(status.reason) });
  return undefined;
};
