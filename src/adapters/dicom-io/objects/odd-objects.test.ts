import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../../core/foreign/document.ts';
import { placedFindings } from '../../../core/foreign/placed.ts';
import { stateFor } from '../../../core/foreign/presentation-state.ts';
import { coarsePlane } from '../../../core/image/overlay-plane.ts';
import { readDicom } from '../read/read-dicom.ts';
import { isDocumentClass, readObject, sopClassOf } from './read-object.ts';

const folder = new URL('../../../../../shared/odd/', import.meta.url);
const present = existsSync(folder);
if (!present)
  console.warn(`SKIPPED: ${folder.pathname} is absent; what other programs wrote was not read.`);

const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));
const documentOf = (name: string) => {
  const bytes = bytesOf(name);
  expect(isDocumentClass(sopClassOf(bytes.subarray(0, 4096)))).toBe(true);
  const read = readObject(bytes, name, 'Tandem CADx');
  if (!read.ok) throw new Error(`${name}: ${read.error.code}`);
  expect(read.value.isOwn).toBe(false);
  return read.value;
};
const cadOf = (name: string) => {
  const { document } = documentOf(name);
  if (document.content.kind !== 'cad') throw new Error(document.content.kind);
  return { document, report: document.content };
};
const picture = async (name: string) => {
  const read = await readDicom(bytesOf(name), name);
  if (!read.ok) throw new Error(`${name}: ${read.error.reason.code}`);
  return read.value;
};

describe.skipIf(!present)('what other programs wrote', () => {
  it('S/cad-foreign.dcm: four findings with kind, certainty, algorithm and intent, each on its view', async () => {
    const { document, report } = cadOf('S/cad-foreign.dcm');
    expect(document.manufacturer).toBe('OtherCAD Inc');
    expect(report.outcome).toBe('findings');
    expect(report.algorithms).toEqual([{ name: 'OtherCAD', version: '7.2' }]);
    expect(report.findings.map(({ kind, certainty, intent }) => [kind, certainty, intent])).toEqual(
      [
        ['density', 83, 'required'],
        ['cluster', 40, 'required'],
        ['density', 12, 'not'],
        ['cluster', 20, 'optional'],
      ],
    );
    const open = await Promise.all(
      ['RCC', 'LCC', 'RMLO', 'LMLO'].map(async (view) => {
        const { header, image } = await picture(`S/${view}.dcm`);
        return { view, header, columns: image.columns, rows: image.rows, spacing: image.spacing };
      }),
    );
    const views = placedFindings([document], open).map(({ marks }) =>
      open.filter(({ header }) => marks[header.sopInstanceUid]).map(({ view }) => view),
    );
    expect(views).toEqual([['RCC'], ['LCC'], ['RMLO'], ['LMLO']]);
  });

  it('S/cad-center-only.dcm: centres without an outline', () => {
    const { report } = cadOf('S/cad-center-only.dcm');
    expect(report.findings).toHaveLength(2);
    for (const { marks } of report.findings) {
      expect(marks[0]?.shapes).toEqual([]);
      expect(marks[0]?.centre?.x).toBeGreaterThan(0);
    }
  });

  it('S/cad-jp.dcm: the words in Japanese', () => {
    const { document } = cadOf('S/cad-jp.dcm');
    const words = JSON.stringify([document, cadOf('S/cad-foreign.dcm').document.manufacturer]);
    expect(words).not.toContain('\u001b');
    expect(findingsOf(document)).toHaveLength(4);
  });

  it('S/gsps.dcm: window, text and circle on its one image', () => {
    const { content } = documentOf('S/gsps.dcm').document;
    if (content.kind !== 'presentation') throw new Error(content.kind);
    const [sop = ''] = content.images;
    const { voi, annotations, area } = stateFor(content, sop);
    expect(voi).toMatchObject({ kind: 'window', center: 400, width: 300 });
    expect(annotations[0]?.texts).toEqual([{ text: 'biopsied 2024', at: { x: 700, y: 300 } }]);
    expect(annotations[0]?.graphics[0]?.shape.kind).toBe('outline');
    expect(area).toMatchObject({ from: { x: 0, y: 0 }, to: { x: 957, y: 1147 } });
    expect(content.lutShape).toBe('IDENTITY');
  });

  it.each([
    ['G6-ko.dcm', 'key objects'],
    ['G6-dose.dcm', 'report'],
    ['G6-pdf.dcm', 'document'],
  ])('%s is named truly: %s', (name, kind) => {
    const { document, paper } = documentOf(name);
    expect(document.content.kind).toBe(kind);
    expect(paper !== undefined).toBe(kind === 'document');
    if (paper) expect(new TextDecoder().decode(paper)).toContain('%PDF-');
  });

  it('G16.dcm: the overlay plane with CAD marks comes with the picture', async () => {
    const { overlays, image } = await picture('G16.dcm');
    expect(overlays).toHaveLength(1);
    const [plane] = overlays;
    if (!plane) throw new Error('no plane');
    expect([plane.label, plane.rows, plane.columns, plane.left, plane.top]).toEqual([
      'CAD marks',
      image.rows,
      image.columns,
      0,
      0,
    ]);
    const drawn = coarsePlane(plane, 1).cells.reduce((sum, cell) => sum + cell, 0);
    expect(drawn).toBeGreaterThan(10);
    expect(drawn).toBeLessThan(plane.rows * plane.columns * 0.2);
  });

  it('G21-mask.dcm is refused as what it is', async () => {
    const read = await readDicom(bytesOf('G21-mask.dcm'), 'mask');
    expect(read.ok ? '' : read.error.reason.code).toBe('file.mask');
  });
});
