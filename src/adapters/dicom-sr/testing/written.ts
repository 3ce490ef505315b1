import type { Result } from '../../../core/message/result.ts';
import type { ExportPorts } from '../sr-document.ts';

/** UUIDs that count up: two exports with fresh ones of these are alike. */
export const countingUuids = (): ExportPorts => {
  let n = 0;
  return { newUuid: () => `00000000-0000-4000-8000-${String(++n).padStart(12, '0')}` };
};

/** The value of a result that must be one. */
export const valueOf = <T>(result: Result<T, unknown>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
