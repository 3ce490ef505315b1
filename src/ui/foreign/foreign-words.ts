import type { CadOutcome, CadReport } from '../../core/foreign/cad-report.ts';
import { type ForeignDocument, isOpenable } from '../../core/foreign/document.ts';
import type { FindingKind } from '../../core/foreign/finding-kind.ts';
import type { Algorithm, ForeignFinding } from '../../core/foreign/finding.ts';
import type { PresentationState } from '../../core/foreign/presentation-state.ts';
import { t } from '../../i18n/phrases/text.ts';
import { formatDate } from '../format.ts';

const KINDS = {
  mass: 'Mammographic mass',
  density: 'Mammographic density',
  cluster: 'Calcification cluster',
  calcification: 'Single calcification',
  distortion: 'Architectural distortion',
  asymmetry: 'Asymmetry',
} as const satisfies Partial<Record<FindingKind, string>>;

const isKnown = (kind: FindingKind): kind is keyof typeof KINDS => Object.hasOwn(KINDS, kind);

/** What a finding is, in the reader's language where it is known, else as the file has it. */
export const findingName = ({ kind, name }: ForeignFinding): string =>
  isKnown(kind) ? t(KINDS[kind]) : name.meaning || name.value || t('Region');

export const algorithmText = ({ name, version }: Algorithm): string =>
  [name, version].filter(Boolean).join(' ');

const rounded = (value: number): string => String(Math.round(value * 10) / 10);

/** What a report says of a finding beside its name and place. */
export const findingFacts = (finding: ForeignFinding): readonly string[] => [
  ...(finding.certainty === undefined
    ? []
    : [t('certainty {value} %', { value: rounded(finding.certainty) })]),
  ...(finding.probability === undefined
    ? []
    : [t('probability of cancer {value} %', { value: rounded(finding.probability) })]),
  ...(finding.calcifications === undefined
    ? []
    : [t('{count} calcifications', { count: finding.calcifications })]),
  ...finding.measures.map(({ name, value }) => `${name} ${value}`),
  ...(finding.intent === 'optional' ? [t('presentation optional')] : []),
  ...(finding.intent === 'not' ? [t('not for presentation')] : []),
];

const OUTCOMES = {
  none: 'All algorithms succeeded and found nothing.',
  'none, in part': 'Nothing found, but not all algorithms succeeded: parts were not looked at.',
  failed: 'Attempted and failed: it says nothing about the breast.',
  'not attempted': 'Detection was not attempted: it says nothing about the breast.',
  unsaid: 'No findings are listed, and the report does not say whether its algorithms succeeded.',
} as const satisfies Record<Exclude<CadOutcome, 'findings'>, string>;

const foundText = (findings: readonly ForeignFinding[]): string => {
  const held = findings.filter(({ intent }) => intent === 'not').length;
  const found = t('Found: {count}', { count: findings.length });
  return held === 0 ? found : `${found} · ${t('{count} not for presentation', { count: held })}`;
};

/** What a CAD report comes to: that it found nothing only where it looked and succeeded. */
export const outcomeText = ({ outcome, findings }: CadReport): string =>
  outcome === 'findings'
    ? foundText(findings.filter(({ kind }) => kind !== 'landmark'))
    : t(OUTCOMES[outcome]);

/** Whether a CAD report must not be taken for one without findings. */
export const isSilent = ({ outcome }: CadReport): boolean =>
  outcome !== 'findings' && outcome !== 'none';

const FORMS = {
  cad: 'Mammography CAD report',
  presentation: 'Presentation state',
  'key objects': 'Key object selection',
  report: 'Structured report',
  document: 'Document',
} as const;

const DOSE_REPORT = '1.2.840.10008.5.1.4.1.1.88.67';

/** What kind of thing a document is. */
export const formText = (document: ForeignDocument): string => {
  const { content, sopClassUid } = document;
  if (sopClassUid === DOSE_REPORT) return t('Radiation dose report');
  return isOpenable(document) ? t('PDF document') : t(FORMS[content.kind]);
};

/** Its own name, where that says more than its kind does. */
export const ownTitle = ({ content, title }: ForeignDocument): string =>
  content.kind === 'cad' || content.kind === 'presentation' ? '' : title;

/** Whether there is nothing in it beside who it is of and where it comes from. */
export const isEmptyDocument = ({ content, lines }: ForeignDocument): boolean =>
  lines.length === 0 && content.kind !== 'presentation' && content.kind !== 'document';

export const makerText = ({ manufacturer, model }: ForeignDocument): string =>
  [manufacturer, model].filter(Boolean).join(' ') || t('Maker not stated');

const timeText = (time: string): string => time.replace(/^(\d\d)(\d\d).*$/, '$1:$2');

export const momentText = ({ date, time }: ForeignDocument): string =>
  date === '' ? '' : [formatDate(date), timeText(time)].filter(Boolean).join(' ');

const LEFT = {
  rescale: 'its own rescale of the values',
  'presentation LUT': 'its grey table',
  'bitmap shutter': 'its bitmap shutter',
  mask: 'its subtraction mask',
  graphics: 'some of its drawings',
  ornaments: 'ticks, arrow heads and gaps of its lines',
} as const;

export const leftText = ({ left }: PresentationState): string =>
  left.length === 0
    ? ''
    : t('Not followed: {parts}', { parts: left.map((part) => t(LEFT[part])).join(t(', ')) });

/** Why a document cannot be opened; '' where it can, or is none. */
export const unopenableText = (document: ForeignDocument): string =>
  document.content.kind === 'document' && !isOpenable(document)
    ? t('A document of type {type}: it cannot be opened here.', {
        type: document.content.mimeType || '?',
      })
    : '';
