// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { openHeaders, testContext } from '../../../commands/testing/test-context.ts';
import { type Services, ServicesProvider } from '../../services.tsx';
import { ContextMenu, useContextMenu } from './ContextMenu.tsx';

afterEach(cleanup);

const Cells = ({ lesions }: { lesions: readonly string[] }) => {
  const menu = useContextMenu();
  return (
    <div {...menu.handlers}>
      <div data-testid="picture" />
      {lesions.map((id) => (
        <i key={id} data-lesion={id}>
          <b data-testid={`mark ${id}`} />
        </i>
      ))}
      {menu.at ? <ContextMenu at={menu.at} onClose={menu.close} /> : null}
    </div>
  );
};

/** A page with two lesions that are marked on the view in hand; the second is selected. */
const page = () => {
  const context = testContext();
  openHeaders(context, [{ sopInstanceUid: 'rcc', side: 'R', view: 'CC' }]);
  const { patientKey = '' } = context.studies.getState();
  const box = { x: 10, y: 10, width: 10, height: 10 };
  const mark = () => context.lesions.getState().createMarked(patientKey, 'rcc', box, undefined);
  const [first, second] = [mark(), mark()];
  render(
    <ServicesProvider services={context as unknown as Services}>
      <Cells lesions={[first.id, second.id]} />
    </ServicesProvider>,
  );
  return { selected: () => context.lesions.getState().selectedId, first, second };
};

const rightClick = (element: Element) => {
  fireEvent.pointerDown(element, { button: 2, clientX: 5, clientY: 5 });
  fireEvent.pointerUp(element, { button: 2, clientX: 5, clientY: 5 });
};

it('acts on the lesion whose mark it was asked for on', () => {
  const { selected, first } = page();
  rightClick(screen.getByTestId(`mark ${first.id}`));
  expect(selected()).toBe(first.id);
  expect(screen.getByRole('menuitem', { name: /Delete lesion 1/ })).toBeDefined();
  expect(
    screen.getByRole('menuitem', { name: /Delete the mark of lesion 1 on RCC/ }),
  ).toBeDefined();
});

it('leaves the selection as it is beside the marks, and during a drag', () => {
  const { selected, first, second } = page();
  rightClick(screen.getByTestId('picture'));
  expect(selected()).toBe(second.id);
  const mark = screen.getByTestId(`mark ${first.id}`);
  fireEvent.pointerDown(mark, { button: 2, clientX: 5, clientY: 5 });
  fireEvent.pointerUp(mark, { button: 2, clientX: 5, clientY: 60 });
  expect(selected()).toBe(second.id);
});
