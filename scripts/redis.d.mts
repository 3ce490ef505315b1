/** Types of redis.mjs. */
export interface Redis {
  readonly url: string;
  readonly password: string;
  readonly restart: (pauseMs?: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}
export function findRedis(): string | undefined;
export function installRedis(): string | undefined;
export function startRedis(options?: { patienceMs?: number }): Promise<Redis>;
