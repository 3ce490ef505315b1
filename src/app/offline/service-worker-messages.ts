/** A parameter of the page's address that the service worker leaves to the server, so that it can ask for a sign-in. */
export const SIGN_IN = 'sign-in';

/** From the page to its service worker. */
export type ToServiceWorker =
  /** A new version that waits shall begin; answered on the port with TakeOver. */
  | { readonly ask: 'take-over' }
  /** The page, loaded from the server with this entry script, wants its files from the worker from now on. */
  | { readonly ask: 'claim'; readonly entry: string };

/** 'others': not yet, since other windows still show the version before. */
export type TakeOver = 'begins' | 'others';

/** From the service worker to every window: why a version could not be stored. */
export interface StoringFailed {
  readonly storingFailed: string;
}
