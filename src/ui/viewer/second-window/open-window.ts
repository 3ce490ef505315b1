/** What of the Window Management API is used; browsers without it open the window where they like. */
interface ScreenPlace {
  readonly availLeft: number;
  readonly availTop: number;
  readonly availWidth: number;
  readonly availHeight: number;
}
interface WindowManagement {
  getScreenDetails?(): Promise<{
    readonly screens: readonly ScreenPlace[];
    readonly currentScreen: ScreenPlace;
  }>;
}

const NAME = 'tandem-pictures';
/** CSS pixels that the page stays visible beside the window: of a page that is covered nothing is drawn. */
const BESIDE = 120;

/** Fills another screen than the page's with the window, where there is one and the reader permits it. */
const fillOtherScreen = async (opened: Window): Promise<void> => {
  if ((screen as Screen & { isExtended?: boolean }).isExtended !== true) return;
  const details = await (window as WindowManagement).getScreenDetails?.();
  const other = details?.screens.find((each) => each !== details.currentScreen);
  if (!other || opened.closed) return;
  opened.moveTo(other.availLeft, other.availTop);
  opened.resizeTo(other.availWidth, other.availHeight);
};

const isStyle = (node: Node): boolean =>
  node.nodeName === 'STYLE' || (node as Partial<HTMLLinkElement>).rel === 'stylesheet';

/** Keeps title, styles, language and theme of a document as those of the page. */
const keepLike = (other: Document): (() => void) => {
  const copy = (nodes: Iterable<Node>) => {
    for (const node of nodes) if (isStyle(node)) other.head.append(other.importNode(node, true));
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
  void fillOtherScreen(opened).catch(() => undefined);
  return { window: opened, close };
};
