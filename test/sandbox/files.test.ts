import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Bench, modal, plain, refusal, startBench } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(async () => {
  await bench.close();
});

it('takes a file by the three steps, shares it and serves it to be opened in the browser', async () => {
  const file = Buffer.from('%PDF-1.7 report');
  const { channel } = await bench.web.conversations.open({ users: 'UADA' });
  await bench.web.filesUploadV2({
    channel_id: channel?.id ?? '',
    filename: 'Report é.pdf',
    title: 'Monthly report',
    initial_comment: 'Here it is',
    file,
  });
  const message = await bench.client.as('UADA').waitForMessage('Here it is');
  const [shared] = message.files;
  expect(shared).toMatchObject({
    name: 'Report é.pdf',
    title: 'Monthly report',
    mimetype: 'application/pdf',
    size: 15,
  });
  const served = await fetch(String(shared?.url_private));
  expect(served.headers.get('content-type')).toBe('application/pdf');
  expect(served.headers.get('content-disposition')).toMatch(/^inline/);
  expect(Buffer.from(await served.arrayBuffer())).toEqual(file);
  const info = await bench.web.files.info({ file: String(shared?.id) });
  expect(info.file?.name).toBe('Report é.pdf');
});

it('takes raw bytes, of the announced length only', async () => {
  const { upload_url = '', file_id = '' } = await bench.web.files.getUploadURLExternal({
    filename: 'a.csv',
    length: 3,
  });
  expect((await fetch(upload_url, { method: 'POST', body: 'four' })).status).toBe(400);
  const early = bench.web.files.completeUploadExternal({ files: [{ id: file_id }] });
  expect(await refusal(early)).toMatchObject({ error: 'file_not_found' });
  expect((await fetch(upload_url, { method: 'POST', body: 'a,b' })).status).toBe(200);
  const toPerson = bench.web.files.completeUploadExternal({ files: [{ id: file_id }], channel_id: 'UADA' });
  expect(await refusal(toPerson)).toMatchObject({ error: 'channel_not_found' });
  const outside = bench.web.files.completeUploadExternal({ files: [{ id: file_id }], channel_id: 'CPRIVATE' });
  expect(await refusal(outside)).toMatchObject({ error: 'not_in_channel' });
  await bench.web.files.completeUploadExternal({ files: [{ id: file_id }], channel_id: 'CGENERAL' });
  expect((await bench.client.as('UADA').messages('general'))[0]?.files).toHaveLength(1);
});

/** Lets `/pack` open a form with a file input, and gives what its submissions hold. */
function askForFile(): { submitted: unknown[] } {
  const submitted: unknown[] = [];
  const element = { type: 'file_input', action_id: 'list', filetypes: ['csv', 'txt'], max_files: 1 };
  const view = modal('Form', [{ type: 'input', block_id: 'file', label: plain('A list'), element }]);
  bench.app.command('/pack', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: { ...view, callback_id: 'form' } });
  });
  bench.app.view('form', async ({ ack, view: { state } }) => {
    submitted.push(state.values.file?.list);
    await ack();
  });
  return { submitted };
}

it('hands what a person attached in a file input to the app alone', async () => {
  const { submitted } = askForFile();
  const ada = bench.client.as('UADA');
  await ada.command('/pack');
  await ada.waitForModal('Form');
  expect((await ada.submit()).errors).toEqual({ file: 'Please complete this required field.' });
  await ada.attach('list', { name: 'crew.csv', content: 'P1' });
  expect(await ada.screen()).toContain('A list: <crew.csv>');
  await ada.detach('A list');
  expect(await ada.screen()).toContain('A list: <no file>');
  await ada.attach('file', { name: 'crew é.csv', content: 'P1,P2' });
  expect((await ada.submit()).outcome).toBe('closed');
  const about = { name: 'crew é.csv', mimetype: 'text/csv', filetype: 'csv', size: 5, user: 'UADA' };
  expect(submitted).toMatchObject([{ type: 'file_input', files: [about] }]);

  const [{ files }] = submitted as [{ files: [{ id: string; url_private_download: string }] }];
  const { id, url_private_download: address } = files[0];
  expect((await bench.web.files.info({ file: id })).file).toMatchObject(about);
  const readWith = (headers: Record<string, string>) => fetch(address, { headers, redirect: 'manual' });
  expect(await (await readWith({ authorization: 'Bearer xoxb-sandbox' })).text()).toBe('P1,P2');
  // Whoever has no token is sent to sign in, as Slack does
  expect((await readWith({})).status).toBe(302);
  expect((await readWith({ authorization: 'Bearer xoxb-other' })).status).toBe(302);
});

it('refuses files that the input does not take, or that somebody else attached', async () => {
  askForFile();
  const [ada, eva] = [bench.client.as('UADA'), bench.client.as('UEVA')];
  for (const one of [ada, eva]) {
    await one.command('/pack');
    await one.waitForModal('Form');
  }
  await ada.attach('list', { name: 'photo.png', content: 'x' });
  await expect(ada.submit()).rejects.toThrow('photo.png is not of the types csv, txt');
  await ada.detach('list');
  await ada.attach('list', { name: 'one.csv', content: 'x' });
  await ada.attach('list', { name: 'two.csv', content: 'x' });
  await expect(ada.submit()).rejects.toThrow('takes no more than 1 files');
  await expect(ada.attach('list', { name: 'none.csv', content: '' })).rejects.toThrow('empty_file');

  const query = new URLSearchParams({ as: 'UADA', name: 'ada.csv' });
  const answer = await fetch(`${bench.url}/sandbox/file?${query}`, { method: 'POST', body: 'x' });
  const { file } = (await answer.json()) as { file: { id: string } };
  const viewId = (await eva.modal()).id;
  const stolen = { as: 'UEVA', viewId, state: { file: { list: [{ id: file.id }] } } };
  const headers = { 'content-type': 'application/json' };
  const refused = await fetch(`${bench.url}/sandbox/submit`, { method: 'POST', headers, body: JSON.stringify(stolen) });
  expect(await refused.json()).toMatchObject({ error: 'invalid_input' });
});
