import { existsSync, readdirSync } from 'node:fs';
import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// The import table of docs/architecture.md. Each row: who, what it may reach besides itself, and why.
const within = (folder) => (existsSync(folder) ? readdirSync(folder) : []);
const row = (target, reaches, message) => ({
  target: `./src/${target}`,
  from: './src',
  except: [`./${target}`, ...reaches.map((folder) => `./${folder}`)],
  message,
});
const table = [
  row(
    'core',
    [],
    'core is pure: it imports itself only, so that browser and pipeline share one chain.',
  ),
  row('ports', ['core'], 'Ports are types over core: what adapters promise, said once.'),
  row('workers', ['core', 'ports'], 'The protocol of workers knows no vendor and no store.'),
  ...within('src/adapters').map((name) =>
    row(
      `adapters/${name}`,
      ['core', 'ports', 'workers'],
      'An adapter knows core, ports, workers and its one vendor; the app hands it to whoever needs it.',
    ),
  ),
  row('state', ['core', 'ports'], 'State sees adapters only as ports that the app hands in.'),
  row(
    'commands',
    ['core', 'ports', 'state'],
    'Commands act on stores and ports; the interface shows them.',
  ),
  row('i18n', ['core'], 'Words know the values of messages, and nothing that makes or shows them.'),
  row(
    'ui',
    ['core', 'ports', 'state', 'commands', 'i18n'],
    'The interface shows state and sends intents; it never reaches an adapter.',
  ),
];

// Folders of core from the lowest up: each may import those before it. Tests may look anywhere.
const LADDER = [
  'units',
  'geometry',
  'message',
  'stats',
  'dicom',
  'image',
  'segmentation',
  'features',
  'classifier',
  'finder',
  'lesion',
  'pack',
  'explain',
  'report',
  'foreign',
  'display',
];
const ladder = LADDER.map((name, rung) => ({
  target: `./src/core/${name}/**/!(*.test|testing|test-header).ts`,
  from: './src/core',
  except: LADDER.slice(0, rung + 1).map((lower) => `./${lower}`),
  message: `core is a ladder, and ${name} stands on ${LADDER.slice(0, rung).join(', ') || 'the ground'}: import from there only.`,
}));

const tools = [
  {
    target: './pipeline',
    from: './src',
    except: [
      'core',
      'workers',
      'i18n',
      'adapters/tfjs',
      'adapters/dicom-io',
      'adapters/dicom-sr',
      'adapters/dicomweb',
      'adapters/archive',
    ].map((folder) => `./${folder}`),
    message:
      'The pipeline shares core, workers, i18n, tfjs, dicom-io, dicom-sr, dicomweb and archive with the page, and nothing else.',
  },
  ...['./pipeline', './e2e', './bench'].map((from) => ({
    target: './src',
    from,
    message: 'The product does not depend on the tools around it.',
  })),
];
const zones = [...table, ...ladder, ...tools];

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
  'Another engine rounds this otherwise: take it from src/core/units/portable-math.ts, or multiply.';
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
  ['src/ports/**', [], 'Ports are types: they need no package.'],
  ['src/workers/**', [], 'The protocol of workers needs no package.'],
  ['src/i18n/**', [], 'Words need no package.'],
  ['src/commands/**', ['^zustand/vanilla$'], ''],
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
    files: [
      'src/core/{geometry,image,segmentation,features,classifier,finder}/**/*.ts',
      'src/core/lesion/{judge-patch,measure-lesion,measured-arms,perturbations,score-lesion,view-input}.ts',
      'src/core/pack/golden-*.ts',
    ],
    // Of image, the steps of the reader's own window are on screen only.
    ignores: ['**/*.test.ts', '**/testing.ts', '**/testing/**', 'src/core/image/voi-window.ts'],
    rules: { 'no-restricted-syntax': ['error', ...markup, ...portable] },
  },
  ...vendors,
);
