import { message } from '../message/message.ts';
import type { Lesion } from '../lesion/lesion.ts';
import type { Despite } from '../lesion/taken-over.ts';
import type { Caution } from './score-cautions.ts';

const TEXTS: Readonly<Record<Despite, Caution['text']>> = {
  patient: message('caution.other-patient'),
  spacing: message('caution.other-spacing'),
};

/**
 * What is said of a lesion as long as it is there, with a score or without: that it came from a report which
 * does not agree with the images.
 */
export const takenOverCautions = ({ takenOver }: Pick<Lesion, 'takenOver'>): readonly Caution[] =>
  (takenOver?.despite ?? []).map((each) => ({ code: 'taken-over', text: TEXTS[each] }));
