import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram } from '../../scripts/debian.mjs';
import { freePort } from '../../scripts/free-port.mjs';

/** What is asked of a browser: a path of W3C WebDriver, and Marionette's name of the same command. */
const COMMANDS = {
  navigate: ['url', 'WebDriver:Navigate'],
  run: ['execute/sync', 'WebDriver:ExecuteScript'],
  find: ['element', 'WebDriver:FindElement'],
  act: ['actions', 'WebDriver:PerformActions'],
  size: ['window/rect', 'WebDriver:SetWindowRect'],
  timeouts: ['timeouts', 'WebDriver:SetTimeouts'],
} as const;

type Send = (command: keyof typeof COMMANDS | 'keys', params: object) => Promise<unknown>;

/** A browser under remote control. */
export interface Remote {
  readonly send: Send;
  close(): Promise<void>;
}

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** Id of the first element that a CSS selector names. */
export const elementOf = async ({ send }: Remote, selector: string): Promise<string> => {
  const found = (await send('find', { using: 'css selector', value: selector })) as Record<
    string,
    string
  >;
  return found[ELEMENT] ?? '';
};

/** Runs a script in the page, awaits what it promises, and gives that back. */
export const runIn = async <T>(
  { send }: Remote,
  script: string,
  ...args: readonly unknown[]
): Promise<T> => (await send('run', { script, args })) as T;

/** Asks until the script answers something, at most `patience` ms. */
export const until = async <T>(
  remote: Remote,
  script: string,
  what: string,
  patience = 60_000,
): Promise<T> => {
  for (const end = Date.now() + patience; Date.now() < end; await sleep(250)) {
    const answer = await runIn<T | null>(remote, script);
    if (answer !== null && answer !== undefined && answer !== false) return answer;
  }
  throw new Error(`${what}: nothing within ${patience / 1000} s`);
};

/** Starts a program that does not outlive this process. */
const start = (program: string, args: readonly string[], options: SpawnOptions): ChildProcess => {
  const child = spawn(program, args, options);
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  return child;
};

const end = async (child: ChildProcess) => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await gone;
  clearTimeout(force);
};

/** A display of their own: WebKitGTK does not start without one, Firefox draws no WebGL. */
const startDisplay = async (): Promise<{ child: ChildProcess; display: string }> => {
  const child = start('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const said = child.stdio[3] as NodeJS.ReadableStream;
  const display = await new Promise<string>((resolve, reject) => {
    said.once('data', (data: Buffer) => resolve(`:${data.toString().trim()}`));
    child.once('exit', () => reject(new Error('Xvfb does not start')));
  });
  return { child, display };
};

/** Whether Debian's packages for a browser are here. */
const has = (program: string) =>
  findProgram(program) !== undefined && findProgram('Xvfb') !== undefined;
export const hasFirefox = () => has('firefox-esr');
export const hasWebKit = () => has('WebKitWebDriver');

/** WebKitGTK's small browser, by W3C WebDriver, on a display of its own. */
export const startWebKit = async (): Promise<Remote> => {
  const { child: screen, display } = await startDisplay();
  const port = await freePort();
  const driver = start('WebKitWebDriver', [`--port=${port}`], {
    stdio: 'ignore',
    // Its sandbox needs rights that containers do not give.
    env: {
      ...process.env,
      DISPLAY: display,
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      LIBGL_ALWAYS_SOFTWARE: '1',
    },
  });
  const ask = async (path: string, method: string, params?: object): Promise<unknown> => {
    const answer = await fetch(`http://127.0.0.1:${port}/${path}`, {
      method,
      ...(params ? { body: JSON.stringify(params) } : {}),
    });
    const { value } = (await answer.json()) as { value: unknown };
    if (!answer.ok) throw new Error(`WebKit, ${path}: ${JSON.stringify(value)}`);
    return value;
  };
  for (let i = 0; i < 100 && !(await ask('status', 'GET').catch(() => undefined)); i++)
    await sleep(100);
  const { sessionId } = (await ask('session', 'POST', { capabilities: {} })) as {
    sessionId: string;
  };
  return {
    send: (command, params) => {
      const { id, ...rest } = params as { id?: string };
      const path = command === 'keys' ? `element/${id}/value` : COMMANDS[command][0];
      return ask(`session/${sessionId}/${path}`, 'POST', rest);
    },
    close: async () => {
      await ask(`session/${sessionId}`, 'DELETE').catch(() => undefined);
      await end(driver);
      await end(screen);
    },
  };
};

const PREFERENCES = {
  'marionette.port': 0,
  'browser.shell.checkDefaultBrowser': false,
  'browser.aboutwelcome.enabled': false,
  'app.update.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'extensions.update.enabled': false,
  // Its list of graphics cards knows none of a machine without one.
  'webgl.force-enabled': true,
  'services.settings.server': 'data:,',
};

/** Marionette's messages: their length, a colon, and JSON. */
const talk = (socket: Socket) => {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let heard = Buffer.alloc(0);
  const hear = (message: unknown) => {
    if (!Array.isArray(message)) return;
    const [, id, error, result] = message as [number, number, object | null, unknown];
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error) asked?.reject(new Error(`Firefox: ${JSON.stringify(error).slice(0, 500)}`));
    else asked?.resolve(result);
  };
  socket.on('data', (data: Buffer) => {
    heard = Buffer.concat([heard, data]);
    for (let colon = heard.indexOf(':'); colon > 0; colon = heard.indexOf(':')) {
      const length = Number(heard.subarray(0, colon).toString());
      if (heard.length < colon + 1 + length) return;
      hear(JSON.parse(heard.subarray(colon + 1, colon + 1 + length).toString()));
      heard = heard.subarray(colon + 1 + length);
    }
  });
  const fail = () => waiting.forEach(({ reject }) => reject(new Error('Firefox is gone')));
  socket.on('close', fail).on('error', fail);
  let last = 0;
  return (name: string, params: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      const text = Buffer.from(JSON.stringify([0, last, name, params]));
      socket.write(Buffer.concat([Buffer.from(`${text.length}:`), text]));
    });
};

const portIn = async (profile: string): Promise<number> => {
  const file = join(profile, 'MarionetteActivePort');
  for (let i = 0; i < 600; i++, await sleep(100))
    if (existsSync(file) && readFileSync(file, 'utf8').trim() !== '')
      return Number(readFileSync(file, 'utf8'));
  throw new Error('Firefox does not answer within a minute');
};

/** Firefox, by Marionette, with a profile and on a display of its own. */
export const startFirefox = async (): Promise<Remote> => {
  const profile = mkdtempSync(join(tmpdir(), 'tandem-firefox-'));
  writeFileSync(
    join(profile, 'user.js'),
    Object.entries(PREFERENCES)
      .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`)
      .join('\n'),
  );
  const { child: screen, display } = await startDisplay();
  const child = start('firefox-esr', ['--marionette', '--no-remote', '--profile', profile], {
    stdio: 'ignore',
    env: { ...process.env, HOME: profile, DISPLAY: display, LIBGL_ALWAYS_SOFTWARE: '1' },
  });
  let socket: Socket | undefined;
  const close = async () => {
    socket?.destroy();
    await end(child);
    await end(screen);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    socket = connect(await portIn(profile), '127.0.0.1');
    const ask = talk(socket);
    await ask('WebDriver:NewSession', {});
    return {
      send: async (command, params) => {
        const name = command === 'keys' ? 'WebDriver:ElementSendKeys' : COMMANDS[command][1];
        const answer = (await ask(name, params)) as { value?: unknown } | null;
        return answer && 'value' in answer ? answer.value : answer;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};
