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
}

export interface NoticesState {
  readonly notices: readonly Notice[];
  /** Shows a notice; undefined text takes the topic's notice away. */
  tell(topic: string, text: Said | string | undefined, action?: NoticeAction): void;
}

export type NoticesStore = ReturnType<typeof createNoticesStore>;

/** Messages that concern the whole page: storage refused, GPU lost, drawing failed. */
export const createNoticesStore = () =>
  createStore<NoticesState>()((set) => ({
    notices: [],
    tell: (topic, text, action) =>
      set((s) => {
        const others = s.notices.filter((n) => n.topic !== topic);
        return { notices: text === undefined ? others : [...others, { topic, text, action }] };
      }),
  }));
