// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import type { ComponentType } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createNoticesStore } from '../state/notices-store.ts';
import { fetchLateParts, late } from './late.tsx';
import { type Services, ServicesProvider } from './services.tsx';

interface Props {
  readonly name: string;
}
const Greeting = ({ name }: Props) => <p>Hello {name}</p>;

let notices: ReturnType<typeof createNoticesStore>;
beforeEach(() => {
  notices = createNoticesStore();
});
afterEach(cleanup);

/** Draws a late part with something in its place meanwhile. */
const draw = (Part: ReturnType<typeof late<Props>>) =>
  render(
    <ServicesProvider services={{ notices } as unknown as Services}>
      <Part name="there" meanwhile={<p>one moment</p>} />
    </ServicesProvider>,
  );

describe('a late part', () => {
  it('is not fetched before it is to be shown, and stands as soon as it is there', async () => {
    const fetchPart = vi.fn(() => Promise.resolve<ComponentType<Props>>(Greeting));
    const Part = late(fetchPart);
    expect(fetchPart).not.toHaveBeenCalled();
    draw(Part);
    expect(screen.getByText('one moment')).toBeTruthy();
    await screen.findByText('Hello there');
    expect(screen.queryByText('one moment')).toBeNull();
  });

  it('stands at once where it was fetched before, and is fetched once', async () => {
    const fetchPart = vi.fn(() => Promise.resolve<ComponentType<Props>>(Greeting));
    const Part = late(fetchPart);
    await fetchLateParts();
    draw(Part);
    expect(screen.getByText('Hello there')).toBeTruthy();
    expect(fetchPart).toHaveBeenCalledOnce();
  });

  it('says that it cannot be had, and is there after another try', async () => {
    const fetchPart = vi
      .fn(() => Promise.resolve<ComponentType<Props>>(Greeting))
      .mockRejectedValueOnce(new Error('no network'));
    draw(late(fetchPart));
    await vi.waitFor(() => expect(notices.getState().notices).toHaveLength(1));
    expect(screen.getByText('one moment')).toBeTruthy();
    const [notice] = notices.getState().notices;
    expect(notice?.text).toMatchObject({ values: { reason: 'no network' } });
    act(() => notice?.action?.run());
    await screen.findByText('Hello there');
    expect(notices.getState().notices).toEqual([]);
  });
});
