/** When WebGPU's graphics card is looked for again after a start without it, ms after one another. */
const WAITS_MS = [2_000, 10_000, 60_000];
/** A browser that does not answer by then has given no card, ms. */
const ANSWER_LIMIT_MS = 15_000;

export interface AdapterWatchOptions {
  /** Whether there is a graphics card now. May reject, or never settle: that counts as none. */
  readonly find: () => Promise<boolean>;
  /** Calls back whenever the page comes into view; returns the way to stop. */
  readonly onVisible: (listener: () => void) => () => void;
  /** Called with each card that a look finds; after the first, nothing is looked for by itself. */
  readonly onFound: () => void;
}

export interface AdapterWatch {
  /** Looks now; joins a look that is under way. Whether there is a card; `onFound` is called as well. */
  look(): Promise<boolean>;
  end(): void;
}

const within = (ms: number, work: Promise<boolean>): Promise<boolean> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    const settle = (found: boolean) => {
      clearTimeout(timer);
      resolve(found);
    };
    work.then(settle, () => settle(false));
  });

/** Looks for a graphics card that was not there at the start: a few times, and when the page comes into view. */
export const watchForAdapter = ({
  find,
  onVisible,
  onFound,
}: AdapterWatchOptions): AdapterWatch => {
  let looking: Promise<boolean> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isResting = false;
  let isOver = false;

  const rest = () => {
    isResting = true;
    clearTimeout(timer);
    stopSeeing();
  };
  const lookOnce = async () => {
    const found = await within(ANSWER_LIMIT_MS, find());
    looking = undefined;
    if (!found || isOver) return found;
    rest();
    onFound();
    return true;
  };
  const look = () => (looking ??= lookOnce());
  const stopSeeing = onVisible(() => void look());
  const lookAfter = ([ms, ...later]: readonly number[]) => {
    if (ms === undefined || isResting) return;
    timer = setTimeout(() => void look().then(() => lookAfter(later)), ms);
  };
  lookAfter(WAITS_MS);
  return {
    look,
    end: () => {
      isOver = true;
      rest();
    },
  };
};

/** The page's own coming into view. */
export const onPageVisible = (listener: () => void): (() => void) => {
  const heard = () => {
    if (document.visibilityState === 'visible') listener();
  };
  document.addEventListener('visibilitychange', heard);
  return () => document.removeEventListener('visibilitychange', heard);
};
