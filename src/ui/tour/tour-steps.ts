import { runCommand } from '../../commands/registry.ts';
import { t } from '../../i18n/phrases/text.ts';
import { isKeptBack, isMarked, placeMark, type Scene, scoredViews } from './scene.ts';

/** What a step points at: the known mark on a view, or a part of the page. */
export type Target = { readonly markOn: string } | { readonly part: string };

/** One step of the tour. Words are functions, since the language may change while it is shown. */
export interface TourStep {
  readonly id: string;
  readonly title: () => string;
  readonly text: () => string;
  readonly target?: Target;
  /** What the reader is asked to do here; the tour does it when asked to. */
  readonly task?: {
    readonly isDone: (scene: Scene) => boolean;
    readonly offer: () => string;
    readonly run: (scene: Scene) => void;
  };
  /** What else can be opened from here. */
  readonly extra?: { readonly label: () => string; readonly run: () => void };
  /** What the step waits for, in words, as long as it is not there. */
  readonly waitsFor?: (scene: Scene) => string | undefined;
}

const isExplained = (): boolean => document.querySelector('.activation') !== null;

const marking = (view: string) => ({
  isDone: (scene: Scene) => isMarked(scene, view),
  offer: () => t('Mark it for me'),
  run: (scene: Scene) => placeMark(scene, view),
});

/** Why the score of both views is not on screen yet, in words. */
const missingScore = (scene: Scene): string | undefined => {
  if (isKeptBack(scene))
    return t('Reading first is on: record your assessment beside the lesion, then show the score.');
  return scoredViews(scene) < 2 ? t('The score of both views is being computed ...') : undefined;
};

export const TOUR_STEPS: readonly TourStep[] = [
  {
    id: 'welcome',
    title: () => t('Guided tour'),
    text: () =>
      t(
        'A synthetic patient with a mass in each breast. In two minutes: mark a lesion, read its likelihood, see why, export. You can use the page all the while; Escape ends the tour.',
      ),
  },
  {
    id: 'mark-cc',
    title: () => t('Mark the mass on RCC'),
    text: () =>
      t(
        'Press M, then click on the mass in the ring or drag a box around it; or press B and move the box with the arrow keys.',
      ),
    target: { markOn: 'RCC' },
    task: marking('RCC'),
  },
  {
    id: 'mark-mlo',
    title: () => t('Mark the same mass on RMLO'),
    text: () =>
      t(
        'A lesion has one mark on each view. With the lesion still selected, press M again and mark it here as well: every further view enters the score.',
      ),
    target: { markOn: 'RMLO' },
    task: marking('RMLO'),
  },
  {
    id: 'score',
    title: () => t('One likelihood over both views'),
    text: () =>
      t(
        'The likelihood of malignancy with its 95 % interval, at the prevalence that stands below it. It was computed on this computer.',
      ),
    target: { part: '.fused .likelihood' },
    waitsFor: missingScore,
  },
  {
    id: 'outline',
    title: () => t('The outline'),
    text: () =>
      t(
        'The dashed line is where the program sees the edge of the mass. The measured features come from it; where it is wrong, trust them less. C hides and shows it.',
      ),
    target: { markOn: 'RCC' },
  },
  {
    id: 'why',
    title: () => t('Why'),
    text: () =>
      t(
        'The class-activation map shows which parts of the patch spoke for malignant (orange) or against (blue). E hides and shows it.',
      ),
    target: { markOn: 'RCC' },
    task: {
      isDone: isExplained,
      offer: () => t('Show the map'),
      // Asked for before the score is there, the map comes with it; asked twice, it stays.
      run: ({ services }) => {
        const viewer = services.viewer.getState();
        if (!viewer.explained) viewer.toggle('explained');
      },
    },
    waitsFor: missingScore,
  },
  {
    id: 'histogram',
    title: () => t('Among the reference lesions'),
    text: () =>
      t(
        'Lesions with known outcome, benign above the line and malignant below, and this one among them, with the share of each that scores higher.',
      ),
    target: { part: '.reference-histogram' },
  },
  {
    id: 'views',
    title: () => t('Each view alone'),
    text: () =>
      t(
        'Details open what each view and each model says by itself. Where they disagree, a caution says so above.',
      ),
    target: { part: '.lesion-details' },
  },
  {
    id: 'export',
    title: () => t('Take it with you'),
    text: () =>
      t(
        'Export saves JSON, CSV or DICOM objects (CAD SR, TID 1500, presentation states); the printable report is for paper. Nothing leaves the page before you ask for it.',
      ),
    target: { part: '.export-bar' },
    extra: { label: () => t('Open Export'), run: () => runCommand('report.export') },
  },
  {
    id: 'end',
    title: () => t('That was the tour'),
    text: () =>
      t(
        'Drop your own mammograms anywhere on the page. Ctrl+K lists all commands, ? all keys. Research use only: not for decisions about patients.',
      ),
  },
];
