import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import packageFile from '../package.json' with { type: 'json' };
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
});
