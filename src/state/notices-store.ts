import type { Message } from '../core/message/message.ts';
import { createStore } from 'zustand/vanilla';

/** One thing to say, or several one after the other. */
export type Said = Message | readonly Message[];

export interface NoticeAction {
  readonly label: Message;
  readonly run: () => void;
}

export interface Notice {
  /** One notice a topic: a newer one replaces it. */
  readonly topic: string;
  readonly text: Said | string;
  /** What the reader may do about it. */
  readonly action?: NoticeAction | undefined;
  /**
   * The images that it speaks of, by SOP Instance UID, or studies by Study Instance UID: it is seen with
   * their patient and closed with them.
   */
  readonly about?: readonly string[] | undefined;
  /** It confirms what can be seen elsewhere too, and goes by itself. */
  readonly passes?: boolean | undefined;
}

export interface NoticesState {
  readonly notices: readonly Notice[];
  /** Shows a notice; undefined text takes the topic's notice away. */
  tell(
    topic: string,
    text: Said | string | undefined,
    more?: Pick<Notice, 'action' | 'about' | 'passes'>,
  ): void;
  /** Takes a notice away, and not a newer one of its topic. */
  dismiss(notice: Notice): void;
}

export type NoticesStore = ReturnType<typeof createNoticesStore>;

/** What the page has to say that stands nowhere else: storage refused, GPU lost, a mark that was not placed. */
export const createNoticesStore = () =>
  createStore<NoticesState>()((set) => ({
    notices: [],
    tell: (topic, text, more) =>
      set((s) => {
        const others = s.notices.filter((n) => n.topic !== topic);
        return { notices: text === undefined ? others : [...others, { topic, text, ...more }] };
      }),
    dismiss: (notice) => set((s) => ({ notices: s.notices.filter((n) => n !== notice) })),
  }));
