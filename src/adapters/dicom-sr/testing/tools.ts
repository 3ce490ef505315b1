import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const runs = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const exists = (command: string): boolean => runs('sh', ['-c', `command -v ${command}`]);

/** Debian dicom3tools and dcmtk. */
export const hasDciodvfy = exists('dciodvfy');
export const hasDcmtk = exists('dsr2html') && exists('dcmpschk');
/** Debian's pydicom belongs to /usr/bin/python3, which need not be the first on the path. */
const python = ['/usr/bin/python3', 'python3'].find((p) => runs(p, ['-c', 'import pydicom']));
export const hasPydicom = python !== undefined;
/** Debian libpixelmed-java: the one validator that knows the templates of PS3.16 row by row. */
const PIXELMED = ['pixelmed', 'vecmath', 'commons-codec'].map(
  (jar) => `/usr/share/java/${jar}.jar`,
);
export const hasPixelmed = exists('java') && PIXELMED.every((jar) => existsSync(jar));

/** " (skipped: x is not installed)" for the name of a test that cannot run here. */
export const unless = (has: boolean, tool: string): string =>
  has ? '' : ` (skipped: ${tool} is not installed)`;

const withFile = <T>(bytes: Uint8Array, use: (path: string) => T): T => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-sr-'));
  try {
    const path = join(folder, 'object.dcm');
    writeFileSync(path, bytes);
    return use(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Everything that dciodvfy says, line by line. */
export const dciodvfy = (bytes: Uint8Array): string[] =>
  withFile(bytes, (path) => {
    const { stdout, stderr } = spawnSync('dciodvfy', [path], { encoding: 'utf8' });
    return `${stdout}\n${stderr}`.split('\n').filter((line) => line !== '');
  });

/** The report as dcmtk renders it; throws where dcmtk refuses it. */
export const dsr2html = (bytes: Uint8Array): string =>
  withFile(bytes, (path) => {
    const { stdout, stderr, status } = spawnSync('dsr2html', [path], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return stdout;
  });

/** What dcmtk's checker of presentation states says, line by line. */
export const dcmpschk = (bytes: Uint8Array): string[] =>
  withFile(bytes, (path) => {
    const { stdout, stderr } = spawnSync('dcmpschk', [path], { encoding: 'utf8' });
    return `${stdout}\n${stderr}`.split('\n').filter((line) => line !== '');
  });

/** Newer Java stops large stylesheets for safety; these are PixelMed's own. */
const NO_XSLT_LIMITS = ['TotalOp', 'ExprOp', 'ExprGrp'].map(
  (what) => `-Djdk.xml.xpath${what}Limit=0`,
);

/** Errors and warnings of PixelMed's template validator, one a line. Takes tens of seconds. */
export const srTemplateProblems = (bytes: Uint8Array): string[] =>
  withFile(bytes, (path) => {
    const validator = 'com.pixelmed.validate.DicomSRValidator';
    const { stdout, stderr } = spawnSync(
      'java',
      [...NO_XSLT_LIMITS, '-cp', PIXELMED.join(':'), validator, path],
      { encoding: 'utf8', maxBuffer: 2 ** 26 },
    );
    if (!stdout.includes('Root Template Validation Complete')) throw new Error(stdout + stderr);
    return stdout.split('\n').filter((line) => /^(Error|Warning)/.test(line));
  });

export interface PydicomNode {
  readonly relation: string;
  readonly type: string;
  readonly name: string;
  readonly reference: number[] | null;
  readonly value: unknown;
  readonly children: readonly PydicomNode[];
}

export interface PydicomObject {
  readonly sopClass: string;
  readonly patient: string;
  readonly tree: PydicomNode;
  readonly graphics: readonly {
    readonly image: string;
    readonly layer: string;
    readonly text: string[];
    readonly units: string;
    readonly points: number[];
  }[];
}

/** The object as pydicom reads it. */
export const pydicom = (bytes: Uint8Array): PydicomObject =>
  withFile(bytes, (path) => {
    const script = new URL('./sr_tree.py', import.meta.url).pathname;
    const { stdout, stderr, status } = spawnSync(python ?? 'python3', [script, path], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as PydicomObject;
  });

/** All nodes of that concept, in order. */
export const nodesNamed = (node: PydicomNode, name: string): PydicomNode[] => [
  ...(node.name === name ? [node] : []),
  ...node.children.flatMap((child) => nodesNamed(child, name)),
];
