import { expect, it, vi } from 'vitest';
import { openHeaders, testContext } from '../../commands/testing/test-context.ts';
import { createKeyImagesStore } from '../../state/key-images-store.ts';
import type { Services } from '../services.tsx';
import { keepView } from './keep-view.ts';

vi.mock('../../state/key-images.ts', () => ({ lookOf: () => ({}), lookAgain: () => undefined }));

it('says that a view is kept, of its patient and while it is', () => {
  const context = testContext();
  openHeaders(context, [{ sopInstanceUid: 'rcc', side: 'R', view: 'CC' }]);
  const view = { state: () => ({ sop: 'rcc' }) };
  context.viewer.setState({ views: new Map([['RCC', view]]) as never });
  let made = 0;
  const keyImages = createKeyImagesStore(() => `${++made}`);
  const services = { ...context, keyImages, imageOf: () => ({}) } as unknown as Services;
  const said = () => context.notices.getState().notices;
  keepView(services);
  keepView(services);
  expect(said()).toHaveLength(2);
  expect(said()[0]).toMatchObject({ about: ['rcc'], passes: true });
  said()[1]?.action?.run();
  expect(keyImages.getState().keyImages.map(({ id }) => id)).toEqual(['1']);
  expect(said()).toHaveLength(1);
  keyImages.getState().remove('1');
  expect(said()).toEqual([]);
});
