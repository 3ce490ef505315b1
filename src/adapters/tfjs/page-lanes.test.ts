import { describe, expect, it, vi } from 'vitest';
import { startPageLanes } from './page-lanes.ts';

const fakeWorker = () => ({
  postMessage: vi.fn(),
  terminate: vi.fn(),
  onerror: null as ((event: ErrorEvent) => void) | null,
});

describe('startPageLanes', () => {
  it('joins each worker to a port, says which one died, and ends all', async () => {
    const workers = [fakeWorker(), fakeWorker()] as const;
    const gone = vi.fn();
    let next = 0;
    const lanes = startPageLanes(2, gone, () => workers[next++] as unknown as Worker);
    expect(lanes.ports).toHaveLength(2);
    const [, [far]] = workers[1].postMessage.mock.calls[0] as [unknown, [MessagePort]];
    const heard = new Promise((resolve) => (far.onmessage = ({ data }) => resolve(data)));
    lanes.ports[1]?.postMessage('hello');
    expect(await heard).toBe('hello');
    workers[1].onerror?.({ message: 'no memory' } as ErrorEvent);
    expect(gone).toHaveBeenCalledExactlyOnceWith(1, 'no memory');
    lanes.end();
    expect(workers[0].terminate).toHaveBeenCalled();
    far.close();
  });

  it('goes on with fewer where no more workers can be had', () => {
    const [worker] = [fakeWorker()];
    let asked = 0;
    const lanes = startPageLanes(3, vi.fn(), () => {
      if (asked++ > 0) throw new Error('no more workers');
      return worker as unknown as Worker;
    });
    expect(lanes.ports).toHaveLength(1);
    lanes.end();
    lanes.ports[0]?.close();
  });
});
