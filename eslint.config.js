import { existsSync, readdirSync } from 'node:fs';
import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// The import table of docs/architecture.md. Each row: who, what it may not reach, and why.
const adapters = existsSync('src/adapters') ? readdirSync('src/adapters') : [];
const from = (path, except = []) => ({ from: path, except });
const rows = [
  {
    target: './src/core',
    zones: [from('./src', ['./core'])],
    message: 'core is pure: it imports itself only, so that browser and pipeline share one chain.',
  },
  ...adapters.map((name) => ({
    target: `./src/adapters/${name}`,
    zones: [from('./src', ['./core', `./adapters/${name}`])],
    message: 'An adapter knows core and its one vendor; the app hands it to whoever needs it.',
  })),
  {
    target: './src/state',
    zones: [from('./src', ['./core', './state'])],
    message: 'State sees adapters only as ports that the app hands in.',
  },
  {
    target: './src/ui',
    zones: [from('./src', ['./core', './state', './ui'])],
    message: 'The interface shows state and sends intents; it never reaches an adapter.',
  },
  {
    target: './pipeline',
    zones: [
      from('./src', [
        './core',
        './adapters/tfjs',
        './adapters/dicom-io',
        './adapters/dicom-sr',
        './adapters/archive',
      ]),
    ],
    message:
      'The pipeline shares core, tfjs, dicom-io, dicom-sr and archive with the page, and nothing else.',
  },
  {
    target: './src',
    zones: [from('./pipeline'), from('./e2e'), from('./bench')],
    message: 'The product does not depend on the tools around it.',
  },
];
const zones = rows.flatMap(({ target, zones, message }) =>
  zones.map((zone) => ({ target, ...zone, message })),
);

// Whatever a file says of a patient is text. Nothing in src may make markup or code of a string.
const MARKUP = 'A text must never become markup or code (SECURITY.md): let React set it as text.';
const markup = [
  'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
  'JSXAttribute[name.name="srcDoc"]',
  'Property[key.name="dangerouslySetInnerHTML"]',
  'MemberExpression[property.name=/^(innerHTML|outerHTML|srcdoc|setHTMLUnsafe)$/]',
  'MemberExpression[property.value=/^(innerHTML|outerHTML|srcdoc|setHTMLUnsafe)$/]',
  'CallExpression[callee.property.name=/^(insertAdjacentHTML|createContextualFragment|setHTMLUnsafe)$/]',
  'CallExpression[callee.object.name="document"][callee.property.name=/^(write|writeln)$/]',
  'CallExpression[callee.name=/^set(Timeout|Interval)$/][arguments.0.type=/Literal$/]',
  'NewExpression[callee.name="DOMParser"]',
].map((selector) => ({ selector, message: MARKUP }));

// The last bits of these are the engine's choice, and a step that follows makes another score of them.
const PORTABLE =
  'Another engine rounds this otherwise: take it from src/core/portable-math.ts, or multiply.';
const portable = [
  'BinaryExpression[operator="**"]',
  'AssignmentExpression[operator="**="]',
  'MemberExpression[object.name="Math"][property.name=/^(exp|expm1|log|log1p|log2|log10|pow|hypot|cbrt|a?(sin|cos|tan)h?|atan2)$/]',
].map((selector) => ({ selector, message: PORTABLE }));

// Which packages each room may import besides its own files.
const vendors = [
  ['src/core/**', ['^zod$'], 'core allows zod only.'],
  [
    'src/adapters/cornerstone/**',
    ['^@cornerstonejs/(core|tools|metadata)', '^@kitware/vtk\\.js'],
    '',
  ],
  ['src/adapters/tfjs/**', ['^@tensorflow/', '^zod$'], ''],
  ['src/adapters/storage/**', ['^idb$', '^zod$'], ''],
  ['src/adapters/dicom-sr/**', ['^dcmjs$'], ''],
  ['src/adapters/dicomweb/**', ['^zod$'], ''],
  ['src/adapters/analysis/**', [], ''],
  ['src/adapters/file-access/**', [], ''],
  ['src/adapters/archive/**', ['^@zip\\.js/zip\\.js'], ''],
  [
    'src/adapters/dicom-io/**',
    [
      '^dicom-parser$',
      '^@cornerstonejs/(codec-|jpeg-lossless|dicom-image-loader)',
      '^pako$',
      '^zod$',
    ],
    '',
  ],
  ['src/state/**', ['^zustand/vanilla$', '^zod$'], ''],
  ['src/ui/**', ['^react', '^zustand'], ''],
].map(([files, allowed, message]) => ({
  files: [files],
  ignores: ['**/*.test.ts', '**/*.test.tsx', '**/testing/**', '**/fixtures/**'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(?!${['\\.', ...allowed.map((r) => r.replace(/^\^/, ''))].join('|')})`,
            message:
              message || 'This adapter may import its own vendor only (docs/architecture.md).',
          },
        ],
      },
    ],
  },
}));

export default tseslint.config(
  {
    ignores: [
      'dist',
      'dist-package',
      '.cache',
      'node_modules',
      'public',
      'test-results',
      'playwright-report',
    ],
  },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mjs,js}'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createNodeResolver({ extensions: ['.ts', '.tsx', '.mjs', '.js'] }),
      ],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      eqeqeq: ['error', 'always'],
      'no-alert': 'error',
    },
  },
  { files: ['src/ui/**/*.tsx', 'src/app/**/*.tsx'], ...reactHooks.configs.flat.recommended },
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      'no-console': ['error', { allow: ['error', 'warn'] }],
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-script-url': 'error',
      'no-restricted-syntax': ['error', ...markup],
    },
  },
  {
    files: ['src/core/{features,segmentation,roi}/**/*.ts', 'src/core/pack/golden-*.ts'],
    ignores: ['**/*.test.ts', '**/testing.ts'],
    rules: { 'no-restricted-syntax': ['error', ...markup, ...portable] },
  },
  ...vendors,
);
