/**
 * Makes the README's picture: starts the program on a throw-away database, opens a person's details in the local
 * workspace, and saves what the browser shows.
 *
 *   npm run screenshot [-- FOLDER]      (needs a Chromium; CHROMIUM_PATH, default /usr/bin/chromium)
 */
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { readConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { start } from '../src/start.ts';

const folder = process.argv[2] ?? 'docs';
const parent = await mkdtemp(join(tmpdir(), 'quartermaster-picture-'));
// As root the server runs as another user, who must be able to enter
await chmod(parent, 0o755);
const running = await start(readConfig({ DATA_DIR: join(parent, 'data'), PORT: '0' }), createLog('warn'));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
try {
  await mkdir(folder, { recursive: true });
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, colorScheme: 'light' });
  await page.goto(running.address);
  const composer = page.getByRole('combobox', { name: 'Message' });
  await composer.fill('/package status 1 H1010');
  await composer.press('Enter');
  await page.getByText('Divergent (Value)').first().waitFor();
  await page.screenshot({ path: join(folder, 'sandbox.png') });
} finally {
  await browser.close();
  await running.stop();
  await rm(parent, { recursive: true, force: true });
}
