import type { CommandEntry } from './command.ts';
import { FOREIGN_COMMANDS } from './foreign-commands.ts';
import { HANGING_COMMANDS } from './hanging-commands.ts';
import { LESION_COMMANDS } from './lesion-commands.ts';
import { LOUPE_COMMANDS } from './loupe-commands.ts';
import { MEASURE_COMMANDS } from './measure-commands.ts';
import { DISMISS_NOTICE, PAGE_COMMANDS } from './page-commands.ts';
import { SECOND_LOOK_COMMANDS } from './second-look-commands.ts';
import { SLICE_COMMANDS } from './slice-commands.ts';
import { STUDY_COMMANDS } from './study-commands.ts';
import { VIEWER_COMMANDS } from './viewer-commands.ts';

/** Commands that make sense as long as images are open. */
const WITH_IMAGES: readonly CommandEntry[] = [
  ...VIEWER_COMMANDS,
  ...HANGING_COMMANDS,
  // Before those of the loupe, whose + and - go first while it is out.
  ...SECOND_LOOK_COMMANDS,
  ...SLICE_COMMANDS,
  ...LOUPE_COMMANDS,
  ...MEASURE_COMMANDS,
  ...LESION_COMMANDS,
  ...FOREIGN_COMMANDS,
  ...STUDY_COMMANDS,
];

/** All that the reader can ask of the page; of two with one key the later goes first. */
export const COMMANDS: readonly CommandEntry[] = [
  DISMISS_NOTICE,
  ...WITH_IMAGES.map((entry): CommandEntry => ({
    ...entry,
    enabled: (context) =>
      context.studies.getState().images.length > 0 && (entry.enabled?.(context) ?? true),
  })),
  ...PAGE_COMMANDS,
];
