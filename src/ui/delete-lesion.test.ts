import { message } from '../core/message/message.ts';
import { expect, it } from 'vitest';
import { createLesionsStore } from '../state/lesions-store.ts';
import { createNoticesStore } from '../state/notices-store.ts';
import { deleteLesion } from './delete-lesion.ts';

let made = 0;

it('says how to have a lesion back until it is, and of no other', () => {
  const [lesions, notices] = [createLesionsStore(() => String(++made)), createNoticesStore()];
  const [first, second] = [lesions.getState().create('P'), lesions.getState().create('P')];
  const told = () => notices.getState().notices.map(({ text }) => text);
  deleteLesion({ lesions, notices }, first);
  deleteLesion({ lesions, notices }, second);
  expect(told()).toEqual([message('mark.deleted', { number: 2 })]);
  lesions.getState().undo();
  expect(told()).toEqual([]);
  deleteLesion({ lesions, notices }, second);
  lesions.getState().undo();
  lesions.getState().undo();
  expect(lesions.getState().lesions).toHaveLength(2);
  expect(told()).toEqual([]);
});
