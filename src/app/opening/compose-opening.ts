import {
  collectFromDrop,
  collectFromFiles,
} from '../../adapters/dicom-io/intake/collect-entries.ts';
import type { Handle } from '../../adapters/file-access/api.ts';
import {
  canKeepHandles,
  handlesOfDrop,
  pickFiles,
  pickFolder,
} from '../../adapters/file-access/pick.ts';
import { createRecentsStorage } from '../../adapters/storage/recents-storage.ts';
import { reasonOf } from '../../core/message/failure.ts';
import { message } from '../../core/message/message.ts';
import type { NoticesStore } from '../../state/notices-store.ts';
import type { StudiesStore } from '../../state/studies-store.ts';
import { createTourStore } from '../../state/tour-store.ts';
import { fetchDemoCase, listDemoCases, readTourGuide } from './demo-case.ts';
import type { Open } from './opening.ts';
import { createRecents } from './recents.ts';

/** The ways in which a reader opens files and demo cases; an address may ask for the tour. */
export const composeOpening = (
  open: Open,
  { studies, notices }: { readonly studies: StudiesStore; readonly notices: NoticesStore },
  address: URLSearchParams,
) => {
  const recents = canKeepHandles()
    ? createRecents({ storage: createRecentsStorage(), notices, open })
    : undefined;
  const pick = (picking: Promise<readonly Handle[]>) =>
    void picking.then(
      (handles) => recents?.openHandles(handles),
      (error: unknown) =>
        notices.getState().tell('opening', message('opening.failed', { reason: reasonOf(error) })),
    );
  const openDemo = (id?: string) => open(async () => collectFromFiles(await fetchDemoCase(id)));
  const tour = createTourStore();
  const startTour = async () => {
    try {
      const guide = await readTourGuide();
      const isOpen = studies.getState().images.some(({ path }) => guide.files.includes(path));
      if (!isOpen) openDemo(guide.id);
      tour.getState().begin(guide);
      notices.getState().tell('tour', undefined);
    } catch (error) {
      notices.getState().tell('tour', message('tour.failed', { reason: reasonOf(error) }));
    }
  };
  if (address.get('demo') === 'tour') void startTour();
  return {
    recents,
    pickers: recents && { files: () => pick(pickFiles()), folder: () => pick(pickFolder()) },
    openFiles: (files: readonly File[]) => open(async () => collectFromFiles(files)),
    openDrop: (data: DataTransfer) => {
      // The entries must be taken before the drop event ends; reading them may wait.
      const collected = collectFromDrop(data);
      const handles = recents && handlesOfDrop(data);
      open(
        () => collected,
        () => void handles?.then((all) => recents?.noted(all)()),
      );
    },
    demoCases: listDemoCases,
    openDemo,
    tour,
    startTour,
  };
};
