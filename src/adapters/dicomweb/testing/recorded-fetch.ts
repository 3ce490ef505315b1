/** A fetch that keeps what it was asked, to look for credentials where none may be. */
export const recordedFetch = () => {
  const urls: string[] = [];
  const authorizations: (string | null)[] = [];
  const send: typeof fetch = (input, init) => {
    urls.push(input instanceof Request ? input.url : String(input));
    authorizations.push(new Headers(init?.headers).get('Authorization'));
    return fetch(input, init);
  };
  return { fetch: send, urls, authorizations };
};
