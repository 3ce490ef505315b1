import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import type { Credentials } from '../../src/adapters/dicomweb/index.ts';

/** What signs in; from the environment or a file, and kept in memory alone. */
export interface Secrets {
  readonly dicomweb: Credentials;
  readonly redis: { readonly username?: string; readonly password?: string };
}

const PREFIX = 'TANDEM_';
const VARIABLES = {
  user: 'TANDEM_DICOMWEB_USER',
  password: 'TANDEM_DICOMWEB_PASSWORD',
  token: 'TANDEM_DICOMWEB_TOKEN',
  redisUser: 'TANDEM_REDIS_USER',
  redisPassword: 'TANDEM_REDIS_PASSWORD',
} as const;

const fileSchema = z
  .object({
    user: z.string().optional(),
    password: z.string().optional(),
    token: z.string().optional(),
    redisUser: z.string().optional(),
    redisPassword: z.string().optional(),
  })
  .strict();
type Given = z.infer<typeof fileSchema>;

/** The environment without what signs in: what a process that needs none of it gets. */
export const withoutSecrets = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith(PREFIX)));

/** Reads a file of credentials. Throws, without a word of what is in it, where it is not one. */
const fromFile = (path: string): Given => {
  if (process.platform !== 'win32' && statSync(path).mode & 0o077)
    throw new Error(`${path} can be read by others: chmod 600 it.`);
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    const names = Object.keys(VARIABLES).join(', ');
    throw new Error(`${path} is not a JSON object of texts with the names ${names}.`);
  }
};

const fromEnvironment = (environment: NodeJS.ProcessEnv): Given =>
  Object.fromEntries(
    Object.entries(VARIABLES).flatMap(([name, variable]) => {
      const value = environment[variable];
      return value ? [[name, value]] : [];
    }),
  );

/** Credentials from a file where one is named, else from the environment. */
export const readSecrets = (
  path: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): Secrets => {
  const given = path === undefined ? fromEnvironment(environment) : fromFile(path);
  const { user, password = '', token, redisUser, redisPassword } = given;
  const dicomweb: Credentials = token
    ? { kind: 'bearer', token }
    : user
      ? { kind: 'basic', user, password }
      : { kind: 'none' };
  return {
    dicomweb,
    redis: {
      ...(redisUser && { username: redisUser }),
      ...(redisPassword && { password: redisPassword }),
    },
  };
};
