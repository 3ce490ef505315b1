import { expect, it } from 'vitest';
import { patientKeyIn } from '../core/dicom/grouping.ts';
import { testHeader } from '../core/dicom/test-header.ts';
import { message } from '../core/message/message.ts';
import { closeNotices, noticesOnShow } from './notices-on-show.ts';
import { createNoticesStore } from './notices-store.ts';
import { createStudiesStore } from './studies-store.ts';

const TEXT = message('key.undo');

const opened = () => {
  const [studies, notices] = [createStudiesStore(), createNoticesStore()];
  closeNotices(notices, studies);
  for (const sop of ['one', 'two']) {
    const own = { sopInstanceUid: sop, patientId: sop, studyInstanceUid: `of ${sop}` };
    const header = testHeader(own);
    const file = { path: sop, rows: 64, columns: 64, digest: sop, scopeNotes: [] };
    studies.getState().add({ ...file, header, asRead: header });
  }
  const keyOf = (sop: string) => patientKeyIn(studies.getState().images, sop) ?? '';
  const { tell } = notices.getState();
  return {
    tell,
    seen: () =>
      noticesOnShow(notices.getState().notices, studies.getState()).map(({ topic }) => topic),
    kept: () => notices.getState().notices.map(({ topic }) => topic),
    show: (sop: string) => studies.getState().showPatient(keyOf(sop)),
    close: (sop: string) => studies.getState().closePatient(keyOf(sop)),
  };
};

it('shows a warning with its patient only, until that one is closed', () => {
  const { tell, seen, kept, show, close } = opened();
  tell('page', TEXT);
  tell('own', TEXT, { about: ['one'] });
  tell('of the other', TEXT, { about: ['two'] });
  tell('of none that is open', TEXT, { about: ['three'] });
  expect(seen()).toEqual(['page', 'own', 'of none that is open']);
  show('two');
  expect(seen()).toEqual(['page', 'of the other', 'of none that is open']);
  close('one');
  expect(kept()).toEqual(['page', 'of the other', 'of none that is open']);
});

it('goes by studies as well, whose images come later', () => {
  const { tell, seen, kept, show, close } = opened();
  tell('launch', TEXT, { about: ['of one'] });
  tell('to come', TEXT, { about: ['of three'] });
  expect(seen()).toEqual(['launch', 'to come']);
  show('two');
  expect(seen()).toEqual(['to come']);
  close('one');
  expect(kept()).toEqual(['to come']);
});

it('takes a confirmation away as soon as another patient is shown', () => {
  const { tell, kept, show } = opened();
  tell('key image', TEXT, { about: ['one'], passes: true });
  tell('warning', TEXT, { about: ['one'] });
  show('two');
  expect(kept()).toEqual(['warning']);
});
