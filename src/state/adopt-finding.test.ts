import { describe, expect, it } from 'vitest';
import { testHeader } from '../core/dicom/test-header.ts';
import {
  by,
  cadTree,
  coded,
  DENSITY,
  link,
  scoord,
  testDocument,
} from '../core/foreign/testing.ts';
import { readCadReport } from '../core/foreign/cad-report.ts';
import { placedFindings } from '../core/foreign/placed.ts';
import type { OpenImage } from '../ports/analysis.ts';
import { adoptFinding } from './adopt-finding.ts';
import { createLesionsStore } from './lesions-store.ts';

const image = (sop: string, changes: Parameters<typeof testHeader>[0]): OpenImage => {
  const header = { ...testHeader(changes), sopInstanceUid: sop };
  return {
    path: sop,
    header,
    asRead: header,
    rows: 500,
    columns: 400,
    digest: 'd',
    scopeNotes: [],
  };
};
const IMAGES = [
  image('rcc', { side: 'R', view: 'CC' }),
  image('volume', { side: 'R', view: 'MLO', numberOfFrames: 40 }),
];

/** A finding with a centre on each of these images. */
const adopt = async (
  sops: readonly string[],
  images: readonly OpenImage[] = IMAGES,
  imagesAfter = images,
) => {
  const views = sops.map((_, i) =>
    coded('111059', DENSITY, scoord('111010', 'POINT', [100, 100], link(1, 1, i + 1))),
  );
  const tree = cadTree(sops, coded('111015', DENSITY, ...by('Finder', '1'), ...views));
  const document = testDocument({ content: readCadReport(tree) });
  const open = images.map(({ header, columns, rows }) => ({ header, columns, rows }));
  const [placed] = placedFindings([document], open);
  if (!placed) throw new Error('no finding');
  const lesions = createLesionsStore(() => 'id');
  let now = images;
  const outlineAt = () => {
    now = imagesAfter;
    return Promise.resolve({ x: 80, y: 80, width: 40, height: 40 });
  };
  const answer = await adoptFinding(placed, { lesions, images: () => now, outlineAt });
  return { answer, marked: lesions.getState().lesions.map(({ marks }) => Object.keys(marks)) };
};

describe('a finding of another program made the reader’s own', () => {
  it('is marked on the views that take marks, and not on tomosynthesis', async () => {
    const { answer, marked } = await adopt(['rcc', 'volume']);
    expect(answer).toEqual({ kind: 'placed', lesionId: 'id' });
    expect(marked).toEqual([['rcc']]);
  });

  it('is refused, and says why, where it is on tomosynthesis alone', async () => {
    const { answer, marked } = await adopt(['volume']);
    expect(answer).toMatchObject({ kind: 'refused', text: { code: 'mark.volume' } });
    expect(marked).toEqual([]);
  });

  it('is refused where its image is not open', async () => {
    const { answer } = await adopt(['rcc'], IMAGES.slice(1));
    expect(answer).toMatchObject({ kind: 'refused', text: { code: 'mark.image-closed' } });
  });

  it('is refused where its image was closed, or holds other pixels, by the time it is outlined', async () => {
    const other = IMAGES.map((each) => ({ ...each, digest: 'other' }));
    for (const after of [[], other]) {
      const { answer, marked } = await adopt(['rcc'], IMAGES, after);
      expect(answer).toMatchObject({ kind: 'refused' });
      expect(marked).toEqual([]);
    }
  });

  it('is not joined over breasts where a side was corrected while it was outlined', async () => {
    const both = [IMAGES[0]!, image('rmlo', { side: 'R', view: 'MLO' })];
    const corrected = [IMAGES[0]!, image('rmlo', { side: 'L', view: 'MLO' })];
    expect((await adopt(['rcc', 'rmlo'], both)).marked).toEqual([['rcc', 'rmlo']]);
    expect((await adopt(['rcc', 'rmlo'], both, corrected)).marked).toEqual([['rcc']]);
  });
});
