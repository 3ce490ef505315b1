// Opens an address in the reader's browser, where the system has a command for that.
import { spawn } from 'node:child_process';

const COMMANDS = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Starts the browser and does not wait for it; without one the printed address has to do. */
export const openInBrowser = (address) => {
  const [command, ...rest] = COMMANDS[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...rest, address], { stdio: 'ignore', detached: true });
  child.on('error', () => console.log('Open it in a browser.'));
  child.unref();
};
