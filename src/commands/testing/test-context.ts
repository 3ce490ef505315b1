import { vi } from 'vitest';
import { patientKeyIn } from '../../core/dicom/grouping.ts';
import { testHeader } from '../../core/dicom/test-header.ts';
import { createForeignStore } from '../../state/foreign-store.ts';
import { createHistoryStore } from '../../state/history-store.ts';
import { createLesionsStore } from '../../state/lesions-store.ts';
import { createLoupeStore } from '../../state/loupe-store.ts';
import { createMeasurementsStore } from '../../state/measurements-store.ts';
import { createNoticesStore } from '../../state/notices-store.ts';
import { createPageStore } from '../../state/page-store.ts';
import { createSettingsStore } from '../../state/settings-store.ts';
import { testSecondLook } from '../../state/testing/test-second-look.ts';
import { createSlicesStore } from '../../state/slices-store.ts';
import { createStudiesStore } from '../../state/studies-store.ts';
import { NO_SETTINGS } from '../../state/testing/no-settings.ts';
import { createViewerStore } from '../../state/viewer-store.ts';
import type { CommandContext } from '../context.ts';
import { COMMANDS } from '../table.ts';

/** Real stores without anything open, and ports that note what they are asked. */
export const testContext = () => {
  const studies = createStudiesStore();
  const lesions = createLesionsStore(() => `lesion ${Math.random()}`);
  const measurements = createMeasurementsStore(() => 'measurement');
  const { store: secondLook } = testSecondLook({
    lesions,
    images: () => studies.getState().images,
  });
  return {
    studies,
    secondLook,
    lesions,
    measurements,
    history: createHistoryStore([lesions, measurements]),
    settings: createSettingsStore({ load: () => NO_SETTINGS, save: () => undefined }),
    viewer: createViewerStore(studies),
    foreign: createForeignStore(),
    loupe: createLoupeStore(),
    slices: createSlicesStore(),
    page: createPageStore(),
    notices: createNoticesStore(),
    imageOf: () => undefined,
    closePatient: vi.fn(),
    deleteLesion: vi.fn(),
    keepView: vi.fn(),
    showTrueSize: vi.fn(),
  } satisfies CommandContext;
};

/** Opens images by their headers, and shows the patient of the first. */
export const openHeaders = (
  { studies }: Pick<CommandContext, 'studies'>,
  headers: readonly Parameters<typeof testHeader>[0][],
): void => {
  headers.forEach((change, i) => {
    const header = testHeader({ sopInstanceUid: `1.${i}`, ...change });
    const open = { rows: 64, columns: 64, digest: `${i}`, scopeNotes: [] };
    studies.getState().add({ path: `${i}`, header, asRead: header, ...open });
  });
  const { images, showPatient } = studies.getState();
  const [first] = images;
  showPatient((first && patientKeyIn(images, first.header.sopInstanceUid)) ?? '');
};

/** Runs a command of the table as its key does: not while it is not enabled. */
export const run = (context: CommandContext, id: string): void => {
  const entry = COMMANDS.find((each) => each.id === id);
  if (!entry) throw new Error(`no command ${id}`);
  if (entry.enabled?.(context) ?? true) entry.run(context);
};
