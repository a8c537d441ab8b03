import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** A browser on this machine: `CHROMIUM_PATH`, or where systems usually have one. */
function findChromium(): string | undefined {
  return [process.env.CHROMIUM_PATH, ...PLACES].find((path) => path !== undefined && path !== '' && existsSync(path));
}

/**
 * Whether browser tests can run here. Without a browser they are skipped, and it is said aloud; continuous integration
 * installs one and must not get past this.
 */
export function browserIsThere(): boolean {
  if (findChromium()) return true;
  if (process.env.CI) throw new Error('Continuous integration must have a Chromium. Set CHROMIUM_PATH.');
  process.stderr.write('Browser tests are skipped: no Chromium found. Install one, or set CHROMIUM_PATH.\n');
  return false;
}

/** Starts the browser, headless and without calls home. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium() ?? '',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync'],
    ],
  });
}
