import { falseMarksNote, type Imagery, imageryOf } from '../core/lesion/finder-scope.ts';
import { message, type Message } from '../core/message/message.ts';
import type { OpenImage } from '../ports/analysis.ts';

/**
 * What is said wherever the finder speaks of images, at an operating point (marks an image): what it
 * does not look for, and how many false marks are to be expected on images of each kind among them.
 */
export const lookNotes = (images: readonly OpenImage[], falseMarks: number): readonly Message[] => {
  const kinds = new Set<Imagery>(images.map(({ scopeNotes }) => imageryOf(scopeNotes)));
  return [
    message('look.masses-only'),
    message('look.never-normal'),
    ...[...kinds].map((kind) => falseMarksNote(kind, falseMarks)),
  ];
};
