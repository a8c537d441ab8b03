import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { browserIsThere, launchBrowser } from '../support/chromium.ts';
import { type Bench, modal, plain, startBench } from './support.ts';

const withBrowser = browserIsThere();

let bench: Bench;
let browser: Browser;
beforeAll(async () => {
  if (!withBrowser) return;
  bench = await startBench();
  registerApp(bench);
  browser = await launchBrowser();
});
afterAll(async () => {
  if (!withBrowser) return;
  await browser.close();
  await bench.close();
});

/** `/pack` opens a form; its submission posts to #general, with a button that asks before it acts. */
function registerApp({ app }: Bench): void {
  const name = { type: 'plain_text_input', action_id: 'value' };
  const owner = { type: 'external_select', action_id: 'find_owner', min_query_length: 0 };
  const form = modal(
    'New package',
    [
      { type: 'input', block_id: 'name', label: plain('Name'), element: name },
      { type: 'input', block_id: 'owner', label: plain('Owner'), element: owner },
      { type: 'input', block_id: 'note', optional: true, label: plain('Note'), element: name },
    ],
    { callback_id: 'create' },
  );
  app.command('/pack', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: form });
  });
  app.options<'block_suggestion'>('find_owner', async ({ ack, options }) => {
    const names = ['Ana Alba', 'Ben Bell'].filter((one) => one.toLowerCase().includes(options.value.toLowerCase()));
    await ack({ options: names.map((one) => ({ text: plain(one), value: one })) });
  });
  app.view('create', async ({ ack, view, client }) => {
    const { values } = view.state;
    const typed = values.name?.value?.value ?? '';
    if (typed.length < 5) return ack({ response_action: 'errors', errors: { name: 'Use at least 5 characters.' } });
    await ack();
    const text = `*${typed}* <script>alert(1)</script> owned by ${values.owner?.find_owner?.selected_option?.value}`;
    const confirm = { title: plain('Sure?'), text: plain('Really?'), confirm: plain('Yes'), deny: plain('No') };
    const button = { type: 'button' as const, action_id: 'remove', text: plain('Remove'), confirm };
    await client.chat.postMessage({
      channel: 'CGENERAL',
      text,
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text } },
        { type: 'actions', elements: [button] },
      ],
    });
  });
  app.action('remove', async ({ ack, respond }) => {
    await ack();
    await respond({ replace_original: true, text: 'Removed' });
  });
}

/** Opens the page as Ada and fails the test on any error the page reports, a CSP violation included. */
async function openPage(colorScheme: 'light' | 'dark', width: number): Promise<{ page: Page; problems: string[] }> {
  const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } });
  page.setDefaultTimeout(10_000);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto(`${bench.url}/?as=UADA`);
  await page.getByRole('heading', { name: '# general', level: 1 }).waitFor();
  return { page, problems };
}

it.runIf(withBrowser).each([
  ['light', 1200],
  ['dark', 390],
] as const)('goes from a command to a message in %s at %i px', async (scheme, width) => {
  const { page, problems } = await openPage(scheme, width);
  const composer = page.getByRole('combobox', { name: 'Message' });
  await composer.pressSequentially('/pa');
  await page.getByRole('option', { name: '/pack list' }).waitFor();
  await composer.press('Tab');
  await composer.press('Enter');

  const dialog = page.getByRole('dialog', { name: 'New package' });
  await dialog.waitFor();
  await dialog.getByRole('button', { name: 'Save' }).click();
  expect(await dialog.getByRole('alert').allInnerTexts()).toHaveLength(2);

  await dialog.getByRole('textbox', { name: 'Name' }).fill('abc');
  await dialog.getByRole('combobox', { name: 'Owner' }).click();
  await page.keyboard.type('ben');
  await page.getByRole('option', { name: 'Ben Bell' }).waitFor();
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Use at least 5 characters.').waitFor();
  expect(await dialog.getByRole('combobox', { name: 'Owner' }).inputValue()).toBe('Ben Bell');

  await dialog.getByRole('textbox', { name: 'Name' }).fill('Engineering');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  const message = page.locator('.message').last();
  await message.getByText('owned by Ben Bell').waitFor();
  expect(await message.locator('strong').textContent()).toBe('Engineering');
  expect(await message.locator('script').count()).toBe(0);

  await message.locator('[data-action-id=remove]').click();
  await page.getByRole('alertdialog', { name: 'Sure?' }).getByRole('button', { name: 'Yes' }).click();
  await message.getByText('Removed').waitFor();
  expect(problems).toEqual([]);
  await page.close();
});

it.runIf(withBrowser)('says what Slack itself says in the language of the person', async () => {
  const { page, problems } = await openPage('light', 1200);
  await page.goto(`${bench.url}/?as=UEVA`);
  const composer = page.getByPlaceholder('Mensaje a #general, o escriba /');
  await composer.fill('/pack');
  await composer.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'New package' });
  await dialog.getByText('Note (opcional)').waitFor();
  await dialog.getByRole('combobox', { name: 'Owner' }).fill('zzz');
  await page.getByText('Sin resultados').waitFor();
  expect(problems).toEqual([]);
  await page.close();
});

it.runIf(withBrowser)('changes the person, keeps it in the address, and turns dark on demand', async () => {
  const { page, problems } = await openPage('light', 1200);
  const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
  const light = await background();
  await page.getByRole('button', { name: 'Switch between light and dark' }).click();
  expect(await background()).not.toBe(light);
  await page.getByRole('button', { name: /You are/ }).click();
  await page.getByRole('searchbox', { name: 'Find a person' }).fill('gus');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /Gus Guest/ }).waitFor();
  expect(page.url()).toContain('as=UGUS');
  expect(await page.getByRole('button', { name: 'leads' }).count()).toBe(0);
  await page.reload();
  await page.getByRole('button', { name: /Gus Guest/ }).waitFor();
  expect(await background()).not.toBe(light);
  expect(problems).toEqual([]);
  await page.close();
});

it.runIf(withBrowser)('lets a person type on while the app redraws the modal', async () => {
  const { page } = await openPage('light', 1200);
  const element = {
    type: 'plain_text_input',
    action_id: 'search',
    dispatch_action_config: { trigger_actions_on: ['on_character_entered'] },
  };
  const input = { type: 'input', block_id: 'search', dispatch_action: true, label: plain('Search'), element };
  const found = (text: string) => ({ type: 'section', text: plain(`Found: ${text}`) });
  bench.app.shortcut('new_pack', async ({ ack, shortcut, client }) => {
    await ack();
    await client.views.open({ trigger_id: shortcut.trigger_id, view: modal('Search', [input]) });
  });
  bench.app.action('search', async ({ ack, body, action, client }) => {
    await ack();
    if (body.type !== 'block_actions' || action.type !== 'plain_text_input') return;
    await client.views.update({ view_id: body.view?.id ?? '', view: modal('Search', [found(action.value), input]) });
  });
  await page.getByRole('button', { name: 'Shortcuts' }).click();
  await page.getByRole('menuitem', { name: /New package/ }).click();
  const field = page.getByRole('textbox', { name: 'Search' });
  await field.focus();
  await page.keyboard.type('engi');
  await page.getByText('Found: engi').waitFor();
  await page.keyboard.type('neering');
  await page.getByText('Found: engineering').waitFor();
  expect(await field.inputValue()).toBe('engineering');
  await page.close();
});

it.runIf(withBrowser)('keeps the Tab key inside a modal and closes it with Escape', async () => {
  const { page } = await openPage('light', 1200);
  const composer = page.getByRole('combobox', { name: 'Message' });
  await composer.fill('/pack');
  await composer.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'New package' });
  await dialog.waitFor();
  for (let presses = 0; presses < 12; presses += 1) {
    await page.keyboard.press('Tab');
    const isInside = "document.querySelector('[role=dialog]').contains(document.activeElement)";
    expect(await page.evaluate(isInside)).toBe(true);
  }
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await bench.client.as('UADA').stack()).toEqual([]);
  await page.close();
});

it.runIf(withBrowser)('attaches a file, shows its name, takes it out again, and refuses other types', async () => {
  const { page, problems } = await openPage('light', 390);
  const element = { type: 'file_input', action_id: 'list', filetypes: ['csv'], max_files: 1 };
  const view = modal('List', [{ type: 'input', block_id: 'file', label: plain('A list'), element }]);
  const submitted = new Promise((resolve) => {
    bench.app.view('list', async ({ ack, view: { state } }) => {
      await ack();
      resolve(state.values.file?.list);
    });
  });
  await bench.web.views.open({ trigger_id: await nextTrigger(page), view: { ...view, callback_id: 'list' } });
  const dialog = page.getByRole('dialog', { name: 'List' });
  const chooser = dialog.getByLabel('A list');
  await chooser.setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from('x') });
  await page.getByText('photo.png is not of the types csv.').waitFor();
  const file = { name: 'crew.csv', mimeType: 'text/csv', buffer: Buffer.from('P1\nP2') };
  await dialog.getByLabel('A list').setInputFiles(file);
  await dialog.getByRole('button', { name: 'Remove crew.csv' }).click();
  await dialog.getByLabel('A list').setInputFiles(file);
  await dialog.getByText('crew.csv').waitFor();
  expect(await dialog.locator('input[type=file]').count()).toBe(0);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await submitted).toMatchObject({ files: [{ name: 'crew.csv', size: 5, user: 'UADA' }] });
  expect(problems).toEqual([]);
  await page.close();
});

/** The trigger of a click on a message's button, which opens nothing by itself. */
async function nextTrigger(page: Page): Promise<string> {
  const button = { type: 'button', action_id: 'ask', text: plain('Ask') };
  const blocks = [{ type: 'actions' as const, elements: [button as never] }];
  await bench.web.chat.postMessage({ channel: 'CGENERAL', text: 'Ask', blocks });
  const trigger = new Promise<string>((resolve) => {
    bench.app.action('ask', async ({ ack, body }) => {
      await ack();
      if (body.type === 'block_actions') resolve(body.trigger_id);
    });
  });
  await page.locator('[data-action-id=ask]').click();
  return trigger;
}
