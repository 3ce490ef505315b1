import { plainText } from '../dicom/plain-text.ts';
import { formatPersonName } from '../dicom/person-name.ts';
import type { Measure } from './finding.ts';
import type { SrNode } from './sr-node.ts';

/** One line of a report as text. */
export interface SrLine {
  /** How deep it stands, from 0. */
  readonly depth: number;
  /** The concept's name as the file has it; '' where it has none. */
  readonly name: string;
  readonly value: string;
  /** Free text and names of persons may name the patient or whoever wrote it. */
  readonly mayName: boolean;
}

/** More lines than anyone reads; the rest is said to be there. */
export const MOST_LINES = 5000;

/** Birth date: it tells who the patient is as a name does. */
const SUBJECT_BIRTH_DATE = '121031';

const DATE = /^(\d{4})(\d\d)(\d\d)/;
const TIME = /^(\d\d)(\d\d)(\d\d)?/;

const dateText = (value: string): string => value.replace(DATE, '$1-$2-$3');
const timeText = (value: string): string => {
  const [, h, m, s] = TIME.exec(value) ?? [];
  return h === undefined ? value : [h, m, s].filter(Boolean).join(':');
};
const momentText = (value: string): string =>
  `${dateText(value.slice(0, 8))} ${timeText(value.slice(8))}`.trim();

/** Units whose sign says nothing to a reader: UCUM's "no units", and counts in braces. */
const unitText = ({ unit }: SrNode): string => {
  if (!unit || unit.value === '1') return '';
  const counted = /^\{(.*)\}$/.exec(unit.value);
  return counted ? ((unit.meaning || counted[1]) ?? '') : unit.value || unit.meaning;
};

const numberText = (node: SrNode): string => {
  const digits = node.text ?? '';
  if (digits === '') return node.qualifier?.meaning ?? '';
  return [digits, unitText(node)].filter(Boolean).join(' ');
};

/** A NUM as name and number with its unit. */
export const measureOf = (node: SrNode): Measure => ({
  name: plainText(node.concept?.meaning ?? ''),
  value: numberText(node),
});

const lines = (text: string): string =>
  text
    .split(/\r\n|\r|\n/)
    .map(plainText)
    .join('\n')
    .trim();

const valueOf = (node: SrNode): string => {
  const { type, text = '' } = node;
  switch (type) {
    case 'CODE':
      return plainText(node.code?.meaning || (node.code?.value ?? ''));
    case 'NUM':
      return numberText(node);
    case 'DATE':
      return dateText(text);
    case 'TIME':
      return timeText(text);
    case 'DATETIME':
      return momentText(text);
    case 'PNAME':
      return plainText(formatPersonName(text));
    case 'SCOORD3D':
      return node.region ? `${node.region.type} (${node.region.points.length})` : '';
    case 'SCOORD':
      return node.graphic ? `${node.graphic.type} (${node.graphic.points.length})` : '';
    default:
      return node.reference ? node.reference.sopInstanceUid : lines(text);
  }
};

const mayName = ({ type, concept }: SrNode): boolean =>
  type === 'TEXT' || type === 'PNAME' || (type === 'DATE' && concept?.value === SUBJECT_BIRTH_DATE);

const isSaid = (node: SrNode): boolean => node.type !== '' && node.target === undefined;

/**
 * The content tree of any structured report as lines to read, in its order: concept names as the file
 * has them, values with their units. At most MOST_LINES + 1, so that who shows them can say that more
 * follow.
 */
export const srLines = (root: SrNode): readonly SrLine[] => {
  const found: SrLine[] = [];
  const visit = (node: SrNode, depth: number): void => {
    if (found.length > MOST_LINES) return;
    if (isSaid(node))
      found.push({
        depth,
        name: plainText(node.concept?.meaning || (node.concept?.value ?? '')),
        value: valueOf(node),
        mayName: mayName(node),
      });
    node.children.forEach((child) => visit(child, depth + 1));
  };
  visit(root, 0);
  return found.filter(({ name, value }) => name !== '' || value !== '');
};
