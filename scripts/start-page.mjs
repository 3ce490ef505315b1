// Serves a built page, says where, and opens the browser; for `npm start` and for the package.
// Node built-ins only.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openInBrowser } from './open-in-browser.mjs';
import { configOf, serve } from './serve.mjs';

const read = async (address) => {
  const response = await fetch(address, { signal: AbortSignal.timeout(1000) });
  return response.text();
};

/** Whether this same page is already served there with the same options. */
export const isServedAt = async (address, page, options) => {
  try {
    const index = readFileSync(join(page, 'index.html'), 'utf8');
    return (
      (await read(address)) === index &&
      (await read(new URL('dicomweb-config.json', address))) === configOf(options)
    );
  } catch {
    return false;
  }
};

/** What to say where the usual port is taken: the browser keeps marks by address. */
export const takenWords = (taken, address) =>
  `Another program uses ${taken}. Marks that were made there belong to that address and are not shown at ${address}\nTo have them back, end that program and start again; --port NUMBER chooses a port.`;

/**
 * Serves `page` with the options of serveOptions and tells the reader; `shouldOpen`: in the browser, too.
 * Resolves with undefined where it is served already.
 */
export const startPage = async (page, options, shouldOpen) => {
  const open = (address) =>
    shouldOpen && openInBrowser(options.demo ? `${address}?demo=tour` : address);
  const usual = `http://localhost:${options.port}/`;
  if (options.port !== 0 && (await isServedAt(usual, page, options))) {
    console.log(`Tandem CADx is already running at ${usual}`);
    open(usual);
    return undefined;
  }
  const served = await serve(page, options.port, options);
  const { address, taken } = served;
  console.log(`Tandem CADx is at ${address}`);
  if (taken) console.log(takenWords(taken, address));
  if (options.demo) console.log(`The guided tour is at ${address}?demo=tour`);
  if (options.dicomweb) console.log(`It reaches the DICOMweb server ${options.dicomweb}`);
  if (options.connect) console.log(`The page may contact ${options.connect}`);
  open(address);
  return served;
};
