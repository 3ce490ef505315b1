/** The part of Trusted Types that is used; browsers without it go without. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): unknown;
}

/** `url` as it is, where it is a script of this page's own folder; throws for every other. */
export const ownScript = (url: string, base: string): string => {
  const { href } = new URL(url, base);
  const folder = new URL('./', base).href;
  if (href.startsWith(folder) && /\.js$/.test(new URL(href).pathname)) return url;
  throw new TypeError(`${href} is not a script of this page`);
};

/**
 * Under "require-trusted-types-for 'script'" a text becomes a worker's script only through this policy;
 * there is none by which a text would become markup or code. Called before the first worker starts.
 */
export const trustOwnScripts = (): void => {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy('default', {
    createScriptURL: (url) => ownScript(url, document.baseURI),
  });
};
