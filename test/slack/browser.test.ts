import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { browserIsThere, launchBrowser } from '../support/chromium.ts';
import { type Program, startProgram } from '../support/program.ts';

let folder: string;
let program: Program;
let address: string;
let browser: Browser;

const withBrowser = browserIsThere();

beforeAll(async () => {
  if (!withBrowser) return;
  folder = await mkdtemp(join(tmpdir(), 'quartermaster-browser-'));
  await chmod(folder, 0o755);
  program = startProgram({ DATA_DIR: join(folder, 'data') });
  address = await program.ready();
  browser = await launchBrowser();
}, 120_000);

afterAll(async () => {
  if (!withBrowser) return;
  await browser?.close();
  program?.process.kill('SIGINT');
  await program?.ended();
  await rm(folder, { recursive: true, force: true });
});

async function say(page: Page, command: string): Promise<void> {
  const composer = page.getByRole('combobox', { name: 'Message' });
  await composer.fill(command);
  await composer.press('Enter');
}

/** The modal on top, once it has this title. */
async function modal(page: Page, title: string): Promise<Locator> {
  const dialog = page.getByRole('dialog', { name: title });
  await dialog.waitFor();
  return dialog;
}

it.runIf(withBrowser)(
  'takes a newcomer through the main job: assign, receipt, badges, remove, re-assign',
  {
    timeout: 180_000,
  },
  async () => {
    const page = await browser.newPage();
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(error.message));
    await page.goto(address);
    await page.getByRole('button', { name: 'Quartermaster' }).click();
    await page.getByText('Quick actions').waitFor();
    await page.getByRole('tab', { name: 'Messages' }).click();

    await say(page, '/package show 1');
    await (await modal(page, 'package:1')).getByRole('button', { name: 'Add User' }).click();
    const form = await modal(page, 'Assign a package');
    await form.getByRole('textbox', { name: /paste personal codes/i }).fill('H1003, H1007\nH1018');
    await form.getByRole('button', { name: 'Preflight' }).click();

    const preflight = await modal(page, 'Preflight');
    await preflight.getByText('3 conflicts').waitFor();
    await preflight.getByText('3 people get the package').waitFor();
    await preflight.getByRole('button', { name: 'Confirm' }).click();
    const done = await modal(page, 'Assigned');
    await done.getByText('3 people got').waitFor();
    await done.getByRole('button', { name: 'Close' }).last().click();
    await (await modal(page, 'package:1')).getByRole('button', { name: 'Close' }).last().click();

    const receipt = page.getByRole('link', { name: /package-1-assignment-\d+\.pdf|Open/ }).first();
    const href = await receipt.getAttribute('href');
    const pdf = await page.request.get(new URL(href ?? '', address).href);
    expect(pdf.headers()['content-type']).toBe('application/pdf');
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');

    await say(page, '/package status 1 H1003');
    const details = await modal(page, 'User details');
    await details.getByText('Disabled Manual').waitFor();
    await details.getByText('Divergent (All)').waitFor();
    await details.getByRole('button', { name: 'Remove Package Assignment' }).click();
    const removal = await modal(page, 'Remove assignment');
    await removal.getByText('These stay').waitFor();
    await removal.getByRole('button', { name: 'Remove', exact: true }).click();
    await details.getByText('Disabled Assignment').first().waitFor();

    await details.getByRole('button', { name: 'Re-assign' }).click();
    await (await modal(page, 'Assign a package')).getByRole('button', { name: 'Preflight' }).click();
    await (await modal(page, 'Preflight')).getByText('1 person had it before').waitFor();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await (await modal(page, 'Assigned')).getByText('back').waitFor();
    expect(failures).toEqual([]);
  },
);
