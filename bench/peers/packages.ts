import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findNpm } from '../../scripts/setup.mjs';
import { CACHE } from '../lib/paths.ts';

/** The peers that come as a built site, at the versions that docs/peers.md speaks of. */
export const OHIF = { name: '@ohif/app', version: '3.13.2' } as const;
export const VOLVIEW = { name: 'volview', version: '4.4.1' } as const;
/** In bench/package.json: a library, around which the bench has a page of its own. */
export const DWV = { name: 'dwv', version: '0.36.4' } as const;

/**
 * OHIF as a site would set it up for mammograms from files: its local data source, no worklist server,
 * and its own mammography protocol for its two general modes.
 */
const OHIF_CONFIG = {
  routerBasename: null,
  extensions: [],
  modes: [],
  customizationService: {},
  modesConfiguration: Object.fromEntries(
    ['@ohif/mode-basic', '@ohif/mode-longitudinal'].map((mode) => [
      mode,
      { hangingProtocol: { $set: '@ohif/hpMammo' } },
    ]),
  ),
  investigationalUseDialog: { option: 'never' },
  showStudyList: true,
  maxNumberOfWebWorkers: 3,
  showWarningMessageForCrossOrigin: false,
  showCPUFallbackMessage: false,
  showLoadingIndicator: true,
  strictZSpacingForVolumeViewport: true,
  groupEnabledModesFirst: true,
  maxNumRequests: { interaction: 100, thumbnail: 5, prefetch: 25 },
  defaultDataSourceName: 'dicomlocal',
  dataSources: [
    {
      namespace: '@ohif/extension-default.dataSourcesModule.dicomlocal',
      sourceName: 'dicomlocal',
      configuration: { friendlyName: 'Files of this computer' },
    },
  ],
};

/** VolView with four panes that show an image as it was taken, instead of three planes and a volume. */
const VOLVIEW_CONFIG = {
  layouts: {
    'Four images': [
      ['axial', 'axial'],
      ['axial', 'axial'],
    ],
  },
};

const run = (command: string, args: readonly string[], cwd: string) => {
  const { status, stderr } = spawnSync(command, [...args], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr.trim().slice(-300)}`);
};

/** The folder of a package's built site; fetched with `npm pack` when it is first asked for. */
const siteOf = ({ name, version }: { readonly name: string; readonly version: string }): string => {
  const label = `${name.replace('@', '').replace('/', '-')}-${version}`;
  const folder = join(CACHE, 'peers', label);
  if (!existsSync(folder)) {
    const parent = join(CACHE, 'peers', 'fetching');
    mkdirSync(parent, { recursive: true });
    const npm = findNpm();
    if (!npm) throw new Error('npm was not found');
    run(process.execPath, [npm, 'pack', `${name}@${version}`, '--ignore-scripts'], parent);
    run('tar', ['-xzf', `${label}.tgz`], parent);
    renameSync(join(parent, 'package'), folder);
  }
  return join(folder, 'dist');
};

/** OHIF's site with its configuration. Throws where the package cannot be had. */
export const ohifSite = (): string => {
  const site = siteOf(OHIF);
  writeFileSync(join(site, 'app-config.js'), `window.config = ${JSON.stringify(OHIF_CONFIG)};\n`);
  return site;
};

/** VolView's site. Throws where the package cannot be had. */
export const volviewSite = (): string => siteOf(VOLVIEW);

/** A file that asks VolView for its layout, to be given together with the images. */
export const volviewLayout = (): string => {
  const file = join(CACHE, 'peers', 'volview-layout.json');
  writeFileSync(file, JSON.stringify(VOLVIEW_CONFIG));
  return file;
};
