import { message } from '../core/message/message.ts';
import { expect, it } from 'vitest';
import { createHistoryStore } from '../state/history-store.ts';
import { createLesionsStore } from '../state/lesions-store.ts';
import { createNoticesStore } from '../state/notices-store.ts';
import { deleteLesion } from './delete-lesion.ts';

let made = 0;

it('says how to have a lesion back while that is the last step, and of no other', () => {
  const [lesions, notices] = [createLesionsStore(() => String(++made)), createNoticesStore()];
  const history = createHistoryStore([lesions]);
  const [first, second] = [lesions.getState().create('P'), lesions.getState().create('P')];
  const told = () => notices.getState().notices.map(({ text }) => text);
  const remove = (lesion: typeof first) => deleteLesion({ lesions, history, notices }, lesion);
  remove(first);
  remove(second);
  expect(told()).toEqual([message('mark.deleted', { number: 2 })]);
  history.getState().undo();
  expect(told()).toEqual([]);
  remove(second);
  expect(told()).toEqual([message('mark.deleted', { number: 2 })]);
  lesions.getState().create('P');
  expect(told()).toEqual([]);
});
