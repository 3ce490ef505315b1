// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { testContext } from '../../commands/testing/test-context.ts';
import { readCadReport } from '../../core/foreign/cad-report.ts';
import type { ForeignDocument } from '../../core/foreign/document.ts';
import { srLines } from '../../core/foreign/sr-lines.ts';
import {
  by,
  cadTree,
  CLUSTER,
  coded,
  container,
  DENSITY,
  image,
  intent,
  link,
  num,
  scoord,
  testDocument,
  text,
} from '../../core/foreign/testing.ts';
import { testHeader } from '../../core/dicom/test-header.ts';
import { fetchLanguage } from '../../i18n/languages.ts';
import { speak } from '../../i18n/phrases/text.ts';
import type { Slices } from '../../core/dicom/slices.ts';
import type { ViewportHandle } from '../../ports/display.ts';
import type { Sight } from '../../state/slices-store.ts';
import { createExamReadingsStore } from '../../state/exam-readings-store.ts';
import { createShowRequestStore } from '../../state/show-request-store.ts';
import { type Services, ServicesProvider } from '../services.tsx';
import '../testing/dialogs.ts';
import { DocumentDialog } from './DocumentDialog.tsx';
import { ForeignMarks } from './ForeignMarks.tsx';
import { ForeignSection } from './ForeignSection.tsx';
import { LooseDocuments } from './LooseDocuments.tsx';

const header = testHeader({ sopInstanceUid: '1.1', side: 'R', view: 'CC' });
const single = (x: number, ...below: Parameters<typeof coded>[2][]) =>
  coded('111059', CLUSTER, scoord('111010', 'POINT', [x, 20], link(1, 1, 1)), ...below);
const overall = (value: string) => coded('111017', { value, scheme: 'DCM', meaning: '' });
const cad = (...below: Parameters<typeof cadTree>[1][]): ForeignDocument => {
  const tree = cadTree(['1.1'], ...below);
  return testDocument({
    content: readCadReport(tree),
    lines: srLines(tree),
    studyInstanceUid: header.studyInstanceUid,
  });
};
const two = cad(
  single(10, ...by('Finder', '7.2'), num('111012', 40)),
  coded('111059', DENSITY, intent('not'), scoord('111010', 'POINT', [5, 5], link(1, 1, 1))),
);

/** A view that shows stored pixels as CSS pixels. */
const view = {
  state: () => STATE,
  onChange: () => () => undefined,
  imageToCanvas: (point: { x: number; y: number }) => point,
  size: () => ({ width: 300, height: 300 }),
} as unknown as ViewportHandle;
const STATE = { sop: '1.1', zoom: 1 };

const setUp = (...documents: readonly ForeignDocument[]) => setUpOn({}, ...documents);
const setUpOn = (
  { slices, sight }: { slices?: Slices; sight?: Sight },
  ...documents: readonly ForeignDocument[]
) => {
  const context = testContext();
  const own = slices ? { ...header, slices, numberOfFrames: slices.count } : header;
  const image = { path: 'a', header: own, asRead: own, rows: 400, columns: 300, digest: 'd' };
  context.studies.getState().add({ ...image, scopeNotes: [] });
  for (const document of documents) context.foreign.getState().add(document);
  const services = {
    ...context,
    examReadings: createExamReadingsStore(),
    showRequest: createShowRequestStore(),
    adoptFinding: vi.fn(),
    openPaper: vi.fn(),
    overlaysOf: () => [],
  } as unknown as Services;
  const { images } = context.studies.getState();
  render(
    <ServicesProvider services={services}>
      <ForeignMarks view={view} sop="1.1" tool="window" sight={sight} />
      <ForeignSection images={images} />
      <LooseDocuments />
      <DocumentDialog />
    </ServicesProvider>,
  );
  return services;
};
const marks = () => [...document.querySelectorAll('.foreign-mark')];
const panel = () => screen.getByTestId('foreign').textContent ?? '';

afterEach(() => {
  cleanup();
  speak('en');
});

describe('the report of another program', () => {
  it('is a layer of its own and a list: what it found, by whom, how certain; no lesion', () => {
    const { lesions } = setUp(two);
    expect(marks()).toHaveLength(1);
    expect(marks()[0]?.getAttribute('aria-label')).toBe(
      'Finder 7.2: Calcification cluster · certainty 40 %',
    );
    expect(panel()).toContain('OtherCAD Inc');
    expect(panel()).toContain('Finder 7.2');
    expect(panel()).toContain('Found: 2 · 1 not for presentation');
    expect(panel()).toContain('Calcification cluster · RCC');
    expect(lesions.getState().lesions).toEqual([]);
  });

  it('speaks Chinese', async () => {
    await fetchLanguage('zh-CN');
    speak('zh-CN');
    setUp(two);
    expect(panel()).toContain('钙化簇 · RCC');
    expect(panel()).toContain('确定度 40%');
  });

  it('is switched as a whole, by report, and with what it holds back', () => {
    const { foreign } = setUp(two);
    fireEvent.click(screen.getByLabelText(/Not for presentation/));
    expect(marks().map((mark) => mark.getAttribute('data-intent'))).toEqual(['unsaid', 'not']);
    fireEvent.click(screen.getByLabelText(/Marks of this report/));
    expect(marks()).toEqual([]);
    fireEvent.click(screen.getByLabelText(/Marks of this report/));
    act(() => foreign.getState().toggle('marks'));
    expect(marks()).toEqual([]);
  });

  it('is hidden in reading first until the reader has spoken', () => {
    const { settings, examReadings } = setUp(two);
    act(() => settings.getState().readFirst(true));
    expect(marks()).toEqual([]);
    expect(panel()).not.toMatch(/Found|cluster|OtherCAD|Finder/);
    expect(screen.getByTestId('foreign-hidden')).toBeTruthy();
    act(() => examReadings.getState().say(header.studyInstanceUid, { categories: { R: '2' } }));
    expect(marks()).toHaveLength(1);
    expect(panel()).toContain('OtherCAD Inc');
  });

  it('of a volume is drawn on the slices that it names, and a click goes there', () => {
    const on = {
      ...image('1.1'),
      reference: { sopClassUid: '', sopInstanceUid: '1.1', frames: [7, 8, 12] },
    };
    const tree = cadTree(['1.1'], coded('111059', CLUSTER, scoord('111010', 'POINT', [9, 9], on)));
    const report = testDocument({
      content: readCadReport(tree),
      studyInstanceUid: header.studyInstanceUid,
    });
    const volume = { count: 20 };
    const { slices } = setUpOn({ slices: volume, sight: { index: 6, from: 6, to: 7 } }, report);
    expect(marks()).toHaveLength(1);
    expect(panel()).toContain('RCC, slice 7–8, 12');
    fireEvent.click(screen.getByTitle('Show Calcification cluster'));
    expect(slices.getState().at).toEqual({ '1.1': 6 });
    cleanup();
    setUpOn({ slices: volume, sight: { index: 9, from: 8, to: 11 } }, report);
    expect(marks()).toEqual([]);
  });

  it('becomes a lesion only by its button', () => {
    const { adoptFinding } = setUp(two);
    fireEvent.click(screen.getByTitle('Show Calcification cluster'));
    fireEvent.click(screen.getByRole('button', { name: 'Make it a lesion of mine' }));
    expect(adoptFinding).toHaveBeenCalledOnce();
  });

  it.each([
    ['111241', 'All algorithms succeeded and found nothing.'],
    ['111245', 'Attempted and failed: it says nothing about the breast.'],
    ['0', 'No findings are listed, and the report does not say'],
  ])('without findings and summary %s says: %s', (value, said) => {
    setUp(cad(overall(value)));
    expect(panel()).toContain(said);
    expect(panel().includes('found nothing')).toBe(value === '111241');
  });

  it('says that its patient is another', () => {
    setUp({ ...two, patientId: 'somebody else' });
    expect(panel()).toContain('It names another patient than the images.');
  });
});

describe('a document of another program', () => {
  const tree = container('126000', text('121106', 'Plain words'), {
    type: 'PNAME',
    concept: { value: '121008', scheme: 'DCM', meaning: 'Person Observer Name' },
    text: 'Roe^Rita',
    children: [],
  });
  const letter = testDocument({
    sopInstanceUid: '9.5',
    studyInstanceUid: 'elsewhere',
    title: 'Letter about Doe',
    lines: srLines(tree),
  });

  it('about images that are not open is listed, says so, and is readable', () => {
    const content = { kind: 'report', images: ['7.7'], findings: [] } as const;
    setUp({ ...letter, content });
    expect(screen.getByTestId('loose').textContent).toContain('Its images are not open.');
    fireEvent.click(screen.getByRole('button', { name: 'Read as text' }));
    const dialog = document.querySelector('dialog')?.textContent ?? '';
    expect(dialog).toContain('Person Observer Name: Roe, Rita');
    expect(dialog).toContain('Plain words');
  });

  it('names nobody while names are hidden', () => {
    const { settings, foreign } = setUp(letter);
    act(() => settings.getState().hideNames(true));
    act(() => foreign.getState().read('9.5'));
    const all = document.body.textContent ?? '';
    expect(all).toContain('Person Observer Name');
    expect(all).not.toMatch(/Rita|Plain words|Doe/);
  });

  it('is opened in a tab of its own where it is a PDF, and named where it is not', () => {
    const pdf = { kind: 'document', mimeType: 'application/pdf', images: [] } as const;
    const { openPaper } = setUp(
      testDocument({
        content: pdf,
        sopInstanceUid: '9.6',
        studyInstanceUid: header.studyInstanceUid,
      }),
      testDocument({
        content: { ...pdf, mimeType: 'text/xml' },
        sopInstanceUid: '9.7',
        studyInstanceUid: header.studyInstanceUid,
      }),
    );
    fireEvent.click(screen.getByRole('button', { name: 'Open in a new tab' }));
    expect(openPaper).toHaveBeenCalledWith('9.6');
    expect(panel()).toContain('A document of type text/xml: it cannot be opened here.');
  });
});
