import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import packageFile from '../package.json' with { type: 'json' };
import { helpOf } from './help.ts';
import { VERBS } from './verbs.ts';

const CLI = ['--import', 'tsx', 'pipeline/cli.ts'];

describe('the pipeline', () => {
  it.each(Object.entries(VERBS))('has the file of the verb %s', (_, { file }) =>
    expect(existsSync(new URL(file, import.meta.url))).toBe(true),
  );

  it('is called by the scripts of package.json by verbs that it has', () => {
    const scripts = Object.entries(packageFile.scripts).filter(([, script]) =>
      script.includes('pipeline/'),
    );
    expect(scripts.length).toBeGreaterThan(10);
    for (const [name, script] of scripts) {
      if (name === 'pipeline') continue;
      expect(script).toBe(`tsx pipeline/cli.ts ${name}`);
      expect(VERBS).toHaveProperty([name]);
    }
  });

  it('lists its verbs where it is told none, or one that it has not', () => {
    const listed = execFileSync(process.execPath, CLI, { encoding: 'utf8' });
    for (const verb of Object.keys(VERBS)) expect(listed).toContain(`  ${verb} `);
    const unknown = spawnSync(process.execPath, [...CLI, 'toString'], { encoding: 'utf8' });
    expect(unknown.status).toBe(1);
    expect(unknown.stderr).toContain('There is no toString');
  });

  it('hands a verb its options, and its exit code back', () => {
    const options = [
      'find',
      '--pack',
      'nowhere',
      '--rois',
      'x.csv',
      '--images',
      '.',
      '--json',
      'x',
    ];
    const { status, stderr } = spawnSync(process.execPath, [...CLI, ...options], {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toContain('nowhere');
  });

  const call = (...options: string[]) =>
    spawnSync(process.execPath, [...CLI, ...options], { encoding: 'utf8' });

  it.each(Object.keys(VERBS))('can say of %s what it does and how it is called', (verb) => {
    expect(helpOf(verb)).toMatch(/npm run /);
    expect(helpOf(verb)).not.toContain('import ');
  });

  it('does nothing but say so where help is asked for', () => {
    const { status, stdout, stderr } = call('demo:make', '--help');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.trim()).toBe(helpOf('demo:make'));
  });

  it('says in a sentence which option is unknown, and how the verb is called', () => {
    const { status, stderr } = call('evaluate', '--bogus');
    expect(status).toBe(1);
    expect(stderr).toContain("Unknown option '--bogus'");
    expect(stderr).toContain('npm run evaluate -- --pack DIR');
    expect(stderr).not.toMatch(/^ +at /m);
  });

  const PACK = ['--pack', 'public/models/tandem-m2'];
  it.each([
    ['evaluate', '--rois', 'nowhere.csv', '--images', 'docs', '--json', 'x', ...PACK],
    ['evaluate', '--reports', 'nowhere.csv', '--images', 'docs', '--json', 'x', ...PACK],
    ['validate', '--rois', 'nowhere.csv', '--dicom', 'docs', '--out', '.cache/never'],
    ['find', '--rois', 'nowhere.csv', '--images', 'docs', '--json', 'x', ...PACK],
    ['train', '--rois', 'nowhere.csv', '--images', 'docs', '--out', '.cache/never'],
  ])('names the file that is not there in a sentence: %s %s', (...options) => {
    const { status, stderr } = call(...options);
    expect(status).toBe(1);
    expect(stderr).toContain("'nowhere.csv'");
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
