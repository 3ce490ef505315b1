/** What of the Window Management API is used; browsers without it open the window where they like. */
interface ScreenPlace {
  readonly availLeft: number;
  readonly availTop: number;
  readonly availWidth: number;
  readonly availHeight: number;
}
interface ScreenDetails {
  readonly screens: readonly ScreenPlace[];
  readonly currentScreen: ScreenPlace;
}
interface WindowManagement {
  getScreenDetails?(): Promise<ScreenDetails>;
}

const NAME = 'tandem-pictures';
/** CSS pixels that the page stays visible beside the window: of a page that is covered nothing is drawn. */
const BESIDE = 120;

/**
 * Where the screens are, which the reader may be asked to permit. Browsers ask only while a press counts,
 * and a window that opens uses it up: to be called before.
 */
const askForScreens = async (): Promise<ScreenDetails | undefined> => {
  if ((screen as Screen & { isExtended?: boolean }).isExtended !== true) return undefined;
  return (window as WindowManagement).getScreenDetails?.().catch(() => undefined);
};

const areaOf = ({ availWidth, availHeight }: ScreenPlace): number => availWidth * availHeight;

/** How often a window is asked where it stands after it was moved, and how long at most, ms. */
const MOVING = { every: 25, most: 1000 };

/** A window moves some time after it is told to; resized before, it is put back to where it was. */
const untilAt = async (opened: Window, { availLeft, availTop }: ScreenPlace): Promise<void> => {
  const isThere = () => opened.screenX === availLeft && opened.screenY === availTop;
  for (let waited = 0; waited < MOVING.most && !isThere(); waited += MOVING.every)
    await new Promise((resolve) => setTimeout(resolve, MOVING.every));
};

/** Fills the largest of the other screens with the window: beside the desk's, that is the one for pictures. */
const fillOtherScreen = async (
  opened: Window,
  asked: Promise<ScreenDetails | undefined>,
): Promise<void> => {
  const details = await asked;
  const [other] = (details?.screens ?? [])
    .filter((each) => each !== details?.currentScreen)
    .toSorted((a, b) => areaOf(b) - areaOf(a));
  if (!other || opened.closed) return;
  opened.moveTo(other.availLeft, other.availTop);
  await untilAt(opened, other);
  opened.resizeTo(other.availWidth, other.availHeight);
};

const isStyle = (node: Node): boolean =>
  node.nodeName === 'STYLE' || (node as Partial<HTMLLinkElement>).rel === 'stylesheet';

/**
 * Takes over a style sheet by its text. The service worker, which has it without a server, answers the page
 * and not an empty window; its text may not stand in a style element, by the page's policy.
 */
const adopt = async (other: Document, href: string): Promise<void> => {
  const sheet = new (other.defaultView as Window & typeof globalThis).CSSStyleSheet({
    baseURL: href,
  });
  await sheet.replace(await (await fetch(href)).text());
  other.adoptedStyleSheets = [...other.adoptedStyleSheets, sheet];
};

/** Keeps title, styles, language and theme of a document as those of the page. */
const keepLike = (other: Document): (() => void) => {
  const copy = (nodes: Iterable<Node>) => {
    for (const node of nodes) {
      if (!isStyle(node)) continue;
      const copied = other.importNode(node, true) as HTMLLinkElement;
      copied.addEventListener('error', () => void adopt(other, copied.href).catch(() => undefined));
      other.head.append(copied);
    }
  };
  const dress = () => {
    for (const { name, value } of document.documentElement.attributes)
      other.documentElement.setAttribute(name, value);
  };
  other.head.replaceChildren();
  other.title = document.title;
  copy(document.head.childNodes);
  dress();
  // Parts of the page that load later bring their styles with them.
  const styles = new MutationObserver((changes) =>
    changes.forEach(({ addedNodes }) => copy(addedNodes)),
  );
  styles.observe(document.head, { childList: true });
  const attributes = new MutationObserver(dress);
  attributes.observe(document.documentElement, { attributes: true });
  return () => {
    styles.disconnect();
    attributes.disconnect();
  };
};

/** The display library follows a drag by the page's document, wherever the picture is. */
const passOn = (opened: Window): void => {
  for (const type of ['mousemove', 'mouseup'] as const)
    opened.document.addEventListener(type, (event) =>
      document.dispatchEvent(new MouseEvent(type, event)),
    );
  for (const type of ['touchmove', 'touchend'] as const)
    opened.document.addEventListener(type, (event) =>
      document.dispatchEvent(
        new TouchEvent(type, {
          touches: [...event.touches],
          targetTouches: [...event.targetTouches],
          changedTouches: [...event.changedTouches],
        }),
      ),
    );
};

export interface SecondWindow {
  readonly window: Window & typeof globalThis;
  close(): void;
}

/**
 * Opens a window of the page's own origin under its policy, empty and dressed like the page; `onGone`
 * before it closes, by whoever, and when it is loaded anew. Undefined where the browser forbids it.
 */
export const openSecondWindow = (onGone: () => void): SecondWindow | undefined => {
  const [width, height] = [outerWidth - BESIDE, outerHeight - BESIDE];
  const place = `popup,width=${width},height=${height},left=${screenX + BESIDE},top=${screenY + BESIDE}`;
  const asked = askForScreens();
  const opened = window.open('', NAME, place) as (Window & typeof globalThis) | null;
  if (!opened) return undefined;
  // One that an earlier page left open.
  opened.document.body.replaceChildren();
  const stopDressing = keepLike(opened.document);
  passOn(opened);
  const close = () => opened.close();
  // Without the page nothing in it would answer.
  window.addEventListener('pagehide', close);
  opened.addEventListener(
    'pagehide',
    () => {
      window.removeEventListener('pagehide', close);
      stopDressing();
      onGone();
    },
    { once: true },
  );
  void fillOtherScreen(opened, asked).catch(() => undefined);
  return { window: opened, close };
};
