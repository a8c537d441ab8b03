import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Bench, refusal, startBench } from './support.ts';

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
