// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openHeaders, testContext } from '../../commands/testing/test-context.ts';
import { createNipplesStore } from '../../state/nipples-store.ts';
import { imagesOfPatient } from '../../state/studies-store.ts';
import { type Services, ServicesProvider, usePatientLesions, useStudies } from '../services.tsx';
import { LesionList } from './LesionList.tsx';

const NOW = { side: 'R', view: 'CC', sopInstanceUid: 'now', studyDate: '20260101' } as const;
const THEN = { ...NOW, sopInstanceUid: 'then', studyDate: '20240101', studyInstanceUid: '1.9' };

const List = () => {
  const patientKey = useStudies((s) => s.patientKey);
  const images = useStudies((s) => s.images);
  return (
    <LesionList
      lesions={usePatientLesions(patientKey)}
      images={imagesOfPatient(images, patientKey)}
    />
  );
};

let page: ReturnType<typeof testContext>;
const mark = (sop: string) => {
  const { patientKey = '' } = page.studies.getState();
  const box = { x: 10, y: 10, width: 10, height: 10 };
  return page.lesions.getState().createMarked(patientKey, sop, box, undefined);
};
const dateOf = (number: number) => screen.queryByTestId(`exam-${number}`)?.textContent;

beforeEach(() => {
  page = testContext();
  openHeaders(page, [NOW, THEN]);
  page.studies.getState().showStudy(page.studies.getState().patientKey ?? '', '1.2');
  const services = { ...page, nipples: createNipplesStore() } as unknown as Services;
  render(
    <ServicesProvider services={services}>
      <List />
    </ServicesProvider>,
  );
});
afterEach(cleanup);

it('says of which exam each lesion is, once not all are of the one on show', () => {
  act(() => void mark('now'));
  expect(dateOf(1)).toBeUndefined();
  act(() => page.studies.getState().showStudy(page.studies.getState().patientKey ?? '', '1.9'));
  expect(dateOf(1)).toBe('2026-01-01');
  act(() => void mark('then'));
  expect([dateOf(1), dateOf(2)]).toEqual(['2026-01-01', '2024-01-01']);
});

it('opens a lesion of the exam on show, unless another is selected', () => {
  act(() => void [mark('then'), mark('now')]);
  act(() => page.lesions.getState().select(undefined));
  expect(screen.getByTestId('lesion-2').className).not.toContain('line');
  act(() => page.lesions.getState().select(page.lesions.getState().lesions[0]?.id));
  expect(screen.getByTestId('lesion-1').className).not.toContain('line');
});

it('leaves out of a line what there is not', () => {
  act(() => void page.lesions.getState().create(page.studies.getState().patientKey ?? ''));
  act(() => void mark('now'));
  expect(screen.queryByTestId('line-place-1')).toBeNull();
});
