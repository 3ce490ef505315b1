import { reasonOf } from '../../core/message/failure.ts';
import { message, type Message } from '../../core/message/message.ts';
import type { Handle } from '../../adapters/file-access/api.ts';
import {
  collectFromHandles,
  Gone,
  type HandleEntry,
} from '../../adapters/file-access/collect-from-handles.ts';
import { mayRead, sameHandles } from '../../adapters/file-access/pick.ts';
import type { Recent, RecentsStorage } from '../../adapters/storage/recents-storage.ts';
import type { NoticesStore } from '../../state/notices-store.ts';
import { createRecentsStore } from '../../state/recents-store.ts';
import { newUuid } from '../new-uuid.ts';
import type { RecentItem } from '../../ports/files.ts';

/** More than fit on the start screen are not looked for. */
const MOST = 12;

interface Sources {
  readonly storage: RecentsStorage;
  readonly notices: NoticesStore;
  /** Opens files; calls `opened` once images came of them. */
  readonly open: (collect: () => Promise<readonly HandleEntry[]>, opened: () => void) => void;
  readonly now?: () => Date;
}

const itemOf = ({ id, openedAt, handles }: Recent): RecentItem => ({
  id,
  openedAt,
  name: handles[0]?.name ?? '',
  others: handles.length - 1,
});

/** What was opened lately, where the browser lets files and folders be found again. */
export const createRecents = ({ storage, notices, open, now = () => new Date() }: Sources) => {
  const store = createRecentsStore();
  let kept: readonly Recent[] = [];
  const tell = (text: Message | undefined) => notices.getState().tell('recents', text);

  const refresh = async () => {
    kept = await storage.all();
    store.setState({ items: kept.map(itemOf) });
  };
  /** Changes what is kept and shows it; a refusal of the browser is told, not thrown. */
  const change = async (how: () => Promise<unknown>) => {
    try {
      await how();
      await refresh();
    } catch (error) {
      tell(message('recents.not-kept', { why: reasonOf(error) }));
    }
  };

  const remember = async (handles: readonly Handle[]) => {
    await refresh();
    let id: string | undefined;
    for (const recent of kept) if (await sameHandles(recent.handles, handles)) id ??= recent.id;
    await storage.save({
      id: id ?? newUuid(),
      openedAt: now().toISOString(),
      handles: [...handles],
    });
    const tooOld = (await storage.all()).slice(MOST);
    for (const recent of tooOld) await storage.remove(recent.id);
  };

  const noted = (handles: readonly Handle[]) => () => {
    if (handles.length > 0) void change(() => remember(handles));
  };

  const forget = (id: string) => change(() => storage.remove(id));

  /** The files of what was opened before; none, and gone from the list, where it is no longer there. */
  const collectAgain = async ({ id, handles }: Recent): Promise<readonly HandleEntry[]> => {
    try {
      return await collectFromHandles(handles);
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
      tell(message('recents.gone', { name: error.message }));
      await forget(id);
      return [];
    }
  };

  void change(async () => undefined);
  return {
    store,
    /** To call once images were opened from these handles. */
    noted,
    openHandles: (handles: readonly Handle[]) => {
      if (handles.length > 0) open(() => collectFromHandles(handles), noted(handles));
    },
    reopen: async (id: string): Promise<void> => {
      const recent = kept.find((each) => each.id === id);
      if (!recent) return;
      tell(undefined);
      if (await mayRead(recent.handles)) open(() => collectAgain(recent), noted(recent.handles));
      else tell(message('recents.not-allowed', { name: recent.handles[0]?.name ?? '' }));
    },
    forget,
    forgetAll: () => change(() => storage.clear()),
  };
};
