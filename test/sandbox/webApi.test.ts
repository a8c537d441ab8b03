import type { UsersListResponse } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, plain, refusal, startBench, webClient } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(async () => {
  await bench.close();
});

describe('the Web API', () => {
  it('refuses a wrong token and an unknown method', async () => {
    expect(await refusal(webClient(bench.url, 'xoxb-wrong').auth.test())).toMatchObject({ error: 'invalid_auth' });
    expect(await refusal(bench.web.apiCall('views.explode'))).toMatchObject({ error: 'unknown_method' });
    expect(await bench.web.auth.test()).toMatchObject({ team_id: 'TACME', user_id: 'UBOT', bot_id: 'BBOT' });
  });

  it('takes JSON bodies as well as forms', async () => {
    const answer = await fetch(`${bench.url}/api/chat.postMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', authorization: 'Bearer xoxb-sandbox' },
      body: JSON.stringify({ channel: 'CGENERAL', text: 'hello', blocks: [{ type: 'divider' }] }),
    });
    expect(await answer.json()).toMatchObject({ ok: true, channel: 'CGENERAL', message: { text: 'hello' } });
  });

  it('tells people, their locale and who is a guest or a stranger', async () => {
    const { user } = await bench.web.users.info({ user: 'UEVA', include_locale: true });
    expect(user).toMatchObject({ name: 'eva.r', locale: 'es-ES', tz: 'Europe/Madrid', is_restricted: false });
    expect((await bench.web.users.info({ user: 'UGUS' })).user?.is_restricted).toBe(true);
    expect((await bench.web.users.info({ user: 'USTR' })).user).toMatchObject({ team_id: 'TOTHER', is_stranger: true });
    expect((await bench.web.users.lookupByEmail({ email: 'EVA@acme.test' })).user?.id).toBe('UEVA');
    const unknown = bench.web.users.lookupByEmail({ email: 'x@acme.test' });
    expect(await refusal(unknown)).toMatchObject({ error: 'users_not_found' });
    expect(await refusal(bench.web.users.info({ user: 'UNO' }))).toMatchObject({ error: 'user_not_found' });
  });

  it('pages through people by cursor', async () => {
    const ids: string[] = [];
    for await (const page of bench.web.paginate('users.list', { limit: 2 })) {
      for (const member of (page as UsersListResponse).members ?? []) ids.push(member.id ?? '');
    }
    expect(ids).toEqual(['UADA', 'UEVA', 'UGUS', 'USTR', 'UBOT']);
  });
});

describe('messages', () => {
  it('open a direct message for a person id and stay out of channels without the bot', async () => {
    const sent = await bench.web.chat.postMessage({ channel: 'UADA', text: 'hi' });
    expect(sent.channel).toMatch(/^D/);
    const outside = bench.web.chat.postMessage({ channel: 'CPRIVATE', text: 'hi' });
    expect(await refusal(outside)).toMatchObject({ error: 'not_in_channel' });
    const unknown = bench.web.chat.postMessage({ channel: 'CNONE', text: 'hi' });
    expect(await refusal(unknown)).toMatchObject({ error: 'channel_not_found' });
    expect(await refusal(bench.web.chat.postMessage({ channel: 'CGENERAL', text: '' }))).toMatchObject({
      error: 'no_text',
    });
  });

  it('keep their limits of length', async () => {
    const long = bench.web.chat.postMessage({ channel: 'CGENERAL', text: 'x'.repeat(40_001) });
    expect(await refusal(long)).toMatchObject({ error: 'msg_too_long' });
    const { ts = '' } = await bench.web.chat.postMessage({ channel: 'CGENERAL', text: 'short' });
    const update = bench.web.chat.update({ channel: 'CGENERAL', ts, text: 'x'.repeat(4001) });
    expect(await refusal(update)).toMatchObject({ error: 'msg_too_long' });
  });

  it('are updated and deleted by the bot only', async () => {
    const ada = bench.client.as('UADA');
    await ada.say('mine', 'general');
    const [mine] = await ada.messages('general');
    const foreign = bench.web.chat.update({ channel: 'CGENERAL', ts: mine?.ts ?? '', text: 'yours' });
    expect(await refusal(foreign)).toMatchObject({ error: 'cant_update_message' });
    const { ts = '' } = await bench.web.chat.postMessage({ channel: 'CGENERAL', text: 'draft' });
    await bench.web.chat.update({ channel: 'CGENERAL', ts, text: 'final' });
    expect((await ada.messages('general')).map((message) => [message.text, message.isEdited])).toEqual([
      ['mine', false],
      ['final', true],
    ]);
    await bench.web.chat.delete({ channel: 'CGENERAL', ts });
    const gone = bench.web.chat.update({ channel: 'CGENERAL', ts, text: 'again' });
    expect(await refusal(gone)).toMatchObject({ error: 'message_not_found' });
  });

  it('keep their blocks over an update of the text, until the blocks are emptied', async () => {
    const blocks = [{ type: 'actions', elements: [{ type: 'button', action_id: 'go', text: plain('Go') }] }] as never;
    const { ts = '' } = await bench.web.chat.postMessage({ channel: 'CGENERAL', text: 'open', blocks });
    await bench.web.chat.update({ channel: 'CGENERAL', ts, text: 'done' });
    expect((await bench.client.as('UADA').messages('general'))[0]).toMatchObject({ text: 'done', blocks });
    await bench.web.chat.update({ channel: 'CGENERAL', ts, text: 'done', blocks: [] });
    expect((await bench.client.as('UADA').messages('general'))[0]?.blocks).toEqual([]);
  });

  it('form threads and show ephemerals to their person only', async () => {
    const { ts = '' } = await bench.web.chat.postMessage({ channel: 'CGENERAL', text: 'root' });
    await bench.web.chat.postMessage({ channel: 'CGENERAL', thread_ts: ts, text: 'reply' });
    await bench.web.chat.postEphemeral({ channel: 'CGENERAL', user: 'UADA', text: 'psst' });
    const replies = await bench.web.conversations.replies({ channel: 'CGENERAL', ts });
    expect(replies.messages?.map((message) => message.text)).toEqual(['root', 'reply']);
    const history = await bench.web.conversations.history({ channel: 'CGENERAL' });
    expect(history.messages?.map((message) => message.text)).toEqual(['root']);
    expect((await bench.client.as('UADA').ephemerals()).map((message) => message.text)).toEqual(['psst']);
    expect(await bench.client.as('UEVA').ephemerals()).toEqual([]);
  });

  it('tell where their blocks are wrong', async () => {
    const blocks = [{ type: 'header', text: plain('x'.repeat(151)) }] as never;
    const refused = await refusal(bench.web.chat.postMessage({ channel: 'CGENERAL', text: 'x', blocks }));
    expect(refused).toEqual({
      error: 'invalid_blocks',
      messages: ['[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]'],
    });
  });
});

describe('faults', () => {
  const post = (text: string) => bench.web.chat.postMessage({ channel: 'CGENERAL', text });

  it('answer 429 with Retry-After, or an error, as often as asked', async () => {
    await bench.client.fault({ method: 'chat.postMessage', times: 1, status: 429, retryAfter: 7 });
    await expect(post('one')).rejects.toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 7 });
    await bench.client.fault({ method: 'chat.postMessage', times: 1, error: 'channel_not_found' });
    expect(await refusal(post('two'))).toMatchObject({ error: 'channel_not_found' });
    expect((await post('three')).ok).toBe(true);
  });

  it('lose the answer after the call was processed', async () => {
    await bench.client.fault({ method: 'chat.postMessage', drop: true });
    await expect(post('lost')).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    expect((await bench.client.as('UADA').messages('general')).map((message) => message.text)).toEqual(['lost']);
  });
});
