import { describe, expect, it } from 'vitest';
import type { PictureEvidence } from './picture-evidence.ts';
import { testHeader } from './test-header.ts';
import { correctView } from './view-correction.ts';
import { isSettled, openQuestions, pictureDoubt } from './view-doubts.ts';
import { displayOrientation } from './display-orientation.ts';

type Changes = Parameters<typeof testHeader>[0];
const pictured = (picture: Partial<PictureEvidence>, changes: Changes = {}) =>
  testHeader({
    ...changes,
    picture: { chestWall: undefined, pectoral: undefined, projection: undefined, ...picture },
  });

describe('the picture against the file', () => {
  it.each([
    // As stated: A\\R, chest wall left.
    [{ chestWall: 'left' }, {}, undefined],
    [{ chestWall: 'right' }, {}, 'mirrored'],
    [{ chestWall: 'top' }, {}, 'on its side'],
    [{}, {}, undefined],
    // Mirrored films of an archive that says so.
    [{ chestWall: 'left' }, { side: 'R', patientOrientation: ['A', 'L'] }, undefined],
    // Nothing said: as a left breast is stored.
    [{ chestWall: 'left' }, { patientOrientation: undefined }, undefined],
    [{ chestWall: 'right' }, { patientOrientation: undefined }, 'mirrored'],
    [{ chestWall: 'left' }, { side: 'R', patientOrientation: undefined }, 'mirrored'],
    [{ chestWall: 'left' }, { side: undefined, patientOrientation: undefined }, undefined],
    [
      { chestWall: 'left', pectoral: 'bottom' },
      { view: 'MLO', patientOrientation: ['A', 'FR'] },
      'upside down',
    ],
    [
      { chestWall: 'left', pectoral: 'bottom' },
      { view: 'MLO', patientOrientation: ['A', 'HR'] },
      undefined,
    ],
    [
      { chestWall: 'right', pectoral: 'bottom' },
      { view: 'MLO', patientOrientation: undefined },
      'upside down',
    ],
    [{ chestWall: 'top' }, { side: 'R', patientOrientation: ['R', 'A'] }, undefined],
    // Parts of a breast have no chest wall to speak of.
    [{ chestWall: 'right' }, { viewModifiers: ['magnification'] }, undefined],
    [{ chestWall: 'right' }, { kind: 'stereotactic' }, undefined],
  ] as const)('%o of %o: %s', (picture, changes, doubt) => {
    expect(pictureDoubt(pictured(picture, changes as Changes))).toBe(doubt);
  });

  it('doubts a view from above with a slanting muscle, and an oblique with free corners', () => {
    const views = (projection: 'CC' | 'oblique', view: 'CC' | 'MLO' | 'ML') =>
      openQuestions(pictured({ projection }, { view })).view.map(({ value }) => value);
    expect(views('oblique', 'CC')).toEqual(['CC', 'MLO']);
    expect(views('CC', 'MLO')).toEqual(['MLO', 'CC']);
    expect([views('CC', 'CC'), views('oblique', 'ML'), views('CC', 'ML')]).toEqual([[], [], []]);
  });

  it('turns nothing in doubt, and by the chest wall once the reader has named the side', () => {
    const doubtful = pictured({ chestWall: 'right' }, { patientOrientation: undefined });
    expect(isSettled(doubtful)).toBe(false);
    expect(displayOrientation(doubtful)).toMatchObject({ flipHorizontal: false, source: 'none' });
    const left = correctView(doubtful, { side: 'L' });
    expect(isSettled(left)).toBe(true);
    expect(displayOrientation(left)).toMatchObject({ flipHorizontal: true, source: 'picture' });
    const right = correctView(doubtful, { side: 'R' });
    expect(displayOrientation(right)).toMatchObject({ flipHorizontal: false, source: 'picture' });
  });

  it('leaves a side that only the file states as it is stored', () => {
    const stated = pictured({ chestWall: 'left' }, { patientOrientation: undefined });
    expect(isSettled(stated)).toBe(true);
    expect(displayOrientation(stated).source).toBe('none');
  });

  it('puts the muscle above once the reader has named the side', () => {
    const header = pictured(
      { chestWall: 'right', pectoral: 'bottom' },
      { view: 'MLO', patientOrientation: undefined },
    );
    const { flipHorizontal, flipVertical } = displayOrientation(correctView(header, { side: 'L' }));
    expect([flipHorizontal, flipVertical]).toEqual([true, true]);
  });
});
