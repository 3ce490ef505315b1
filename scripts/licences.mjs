// Licence texts of everything that is built into the page, its workers and its WebAssembly. Vite's own
// list (build.license) leaves out workers and what packages without a licence file declare.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { standardText } from './licence-texts.mjs';

export const LICENCES = 'third-party-licences.txt';

const MARK = '/node_modules/';
const TEXTS = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/** Native code inside the WebAssembly of a package, which has licences of its own. */
const NATIVE = {
  '@cornerstonejs/codec-charls': [
    ['CharLS', 'BSD-3-Clause', 'Copyright (c) 2007, Jan de Vaan, Victor Derks'],
  ],
  '@cornerstonejs/codec-openjpeg': [
    [
      'OpenJPEG',
      'BSD-2-Clause',
      'Copyright (c) 2002-2014, Universite catholique de Louvain (UCL), Belgium; Professor Benoit Macq; Antonin Descampe; Francois-Olivier Devaux; Herve Drolon, FreeImage Team; Yannick Verschueren; David Janssens and others',
    ],
  ],
  '@cornerstonejs/codec-openjph': [
    [
      'OpenJPH',
      'BSD-2-Clause',
      'Copyright (c) 2019, Aous Naman, Kakadu Software and UNSW, Australia',
    ],
  ],
  '@cornerstonejs/codec-libjpeg-turbo-8bit': [
    [
      'libjpeg-turbo',
      'BSD-3-Clause',
      'This software is based in part on the work of the Independent JPEG Group.\nCopyright (c) 2009-2023 D. R. Commander and the authors of libjpeg-turbo',
    ],
  ],
  '@tensorflow/tfjs-backend-wasm': [
    [
      'XNNPACK',
      'BSD-3-Clause',
      'Copyright (c) Facebook, Inc. and its affiliates\nCopyright 2019 Google LLC',
    ],
  ],
};

/** The folder of the package that a module is from, or undefined for the project's own. */
export const packageFolder = (id) => {
  const path = id.split('?')[0].replaceAll('\\', '/').replace(/^\0/, '');
  const at = path.lastIndexOf(MARK);
  if (at < 0) return undefined;
  const [first = '', second = ''] = path.slice(at + MARK.length).split('/');
  const name = first.startsWith('@') ? `${first}/${second}` : first;
  return path.slice(0, at + MARK.length) + name;
};

const holders = ({ author, contributors = [], maintainers = [], name }) => {
  const [first] = [author, ...contributors, ...maintainers].filter(Boolean);
  const who = typeof first === 'string' ? first : first?.name;
  return `Copyright (c) ${who ? who.replace(/\s*[<(].*/, '') : `the authors of ${name}`}`;
};

const entryOf = (folder) => {
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { name, version, license } = about;
  const files = readdirSync(folder).filter((file) => TEXTS.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (texts.length === 0)
    texts.push(
      `(The package declares ${license} and holds no text of it.)\n\n${standardText(license, holders(about))}`,
    );
  for (const [native, id, copyright] of NATIVE[name] ?? [])
    texts.push(`It contains ${native}:\n\n${standardText(id, copyright)}`);
  return {
    title: `${name} ${version} (${license})`,
    text: texts.join('\n\n').replaceAll('\r\n', '\n'),
  };
};

/**
 * The notices for package folders, sorted by name and version. Throws where a package without a licence
 * file declares a licence whose text is not known here: nothing is built without.
 */
export const licenceNotices = (folders) => {
  const entries = [...new Set(folders)].map(entryOf).sort((a, b) => (a.title < b.title ? -1 : 1));
  const rule = '='.repeat(100);
  const own = join(dirname(dirname(fileURLToPath(import.meta.url))), 'NOTICE');
  const list = [...new Map(entries.map((entry) => [entry.title, entry])).values()];
  return [
    readFileSync(own, 'utf8').trim(),
    `Built in: ${list.length} packages of others, each under the licence below.`,
    ...list.map(({ title, text }) => `${rule}\n${title}\n${rule}\n\n${text}`),
    '',
  ].join('\n\n');
};
