import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, modal, plain, refusal, startBench } from './support.ts';

let bench: Bench;
let triggers: string[];
beforeEach(async () => {
  bench = await startBench();
  triggers = [];
  bench.app.command('/pack', async ({ ack, body }) => {
    triggers.push(body.trigger_id);
    await ack();
  });
});
afterEach(async () => {
  await bench.close();
});

/** A fresh trigger of a command run by Ada. */
async function commandTrigger(): Promise<string> {
  await bench.client.as('UADA').command('/pack');
  return triggers.at(-1) ?? '';
}

const pushButton = {
  type: 'actions',
  block_id: 'nav',
  elements: [{ type: 'button', action_id: 'push', text: plain('Push') }],
};

describe('a trigger', () => {
  it('works once', async () => {
    const trigger_id = await commandTrigger();
    await bench.web.views.open({ trigger_id, view: modal('One') });
    expect(await refusal(bench.web.views.open({ trigger_id, view: modal('Two') }))).toMatchObject({
      error: 'exchanged_trigger_id',
    });
  });

  it('lives three seconds by the clock', async () => {
    const early = await commandTrigger();
    bench.clock.now += 3000;
    await bench.web.views.open({ trigger_id: early, view: modal('In time') });
    const trigger_id = await commandTrigger();
    bench.clock.now += 3001;
    expect(await refusal(bench.web.views.open({ trigger_id, view: modal('Late') }))).toMatchObject({
      error: 'expired_trigger_id',
    });
  });

  it('is not used up by a refused call, and cannot be invented', async () => {
    const trigger_id = await commandTrigger();
    await refusal(bench.web.views.open({ trigger_id, view: modal('A title far beyond the limit') }));
    expect((await bench.web.views.open({ trigger_id, view: modal('Fine') })).ok).toBe(true);
    const invented = bench.web.views.open({ trigger_id: '1.2.3', view: modal('No') });
    expect(await refusal(invented)).toMatchObject({ error: 'invalid_trigger_id' });
  });
});

describe('the modal stack', () => {
  it('holds three views', async () => {
    bench.app.action('push', async ({ ack, body }) => {
      await ack();
      if (body.type === 'block_actions') triggers.push(body.trigger_id);
    });
    const ada = bench.client.as('UADA');
    await bench.web.views.open({ trigger_id: await commandTrigger(), view: modal('1', [pushButton]) });
    for (const title of ['2', '3']) {
      await ada.click('Push');
      await bench.web.views.push({ trigger_id: triggers.at(-1) ?? '', view: modal(title, [pushButton]) });
    }
    const stack = await ada.stack();
    expect(stack.map((view) => view.rootViewId)).toEqual([stack[0]?.id, stack[0]?.id, stack[0]?.id]);
    expect(stack[2]?.view.previous_view_id).toBe(stack[1]?.id);
    await ada.click('Push');
    const fourth = bench.web.views.push({ trigger_id: triggers.at(-1) ?? '', view: modal('4') });
    expect(await refusal(fourth)).toMatchObject({ error: 'push_limit_reached' });
    await ada.close();
    expect(await ada.stack()).toHaveLength(2);
    await ada.close({ all: true });
    expect(await ada.stack()).toEqual([]);
  });

  it('takes no push from a trigger that comes from no modal', async () => {
    const push = bench.web.views.push({ trigger_id: await commandTrigger(), view: modal('Orphan') });
    expect((await refusal(push)).messages[0]).toContain('must match the `type` of the root view');
  });
});

describe('views.update', () => {
  it('refuses an old hash and gives a new one each time', async () => {
    const opened = await bench.web.views.open({ trigger_id: await commandTrigger(), view: modal('One') });
    const view_id = opened.view?.id ?? '';
    const hash = opened.view?.hash ?? '';
    const updated = await bench.web.views.update({ view_id, hash, view: modal('Two') });
    expect(updated.view?.hash).not.toBe(hash);
    const outdated = bench.web.views.update({ view_id, hash, view: modal('Three') });
    expect(await refusal(outdated)).toMatchObject({ error: 'hash_conflict' });
    expect((await bench.client.as('UADA').modal()).view.title).toMatchObject({ text: 'Two' });
  });

  it('finds a view by its external_id, which must be unique, and no closed view', async () => {
    const view = modal('One', [], { external_id: 'ext' });
    await bench.web.views.open({ trigger_id: await commandTrigger(), view });
    await bench.web.views.update({ external_id: 'ext', view: modal('Two', [], { external_id: 'ext' }) });
    const again = bench.web.views.open({ trigger_id: await commandTrigger(), view });
    expect(await refusal(again)).toMatchObject({ error: 'duplicate_external_id' });
    await bench.client.as('UADA').close();
    const gone = bench.web.views.update({ external_id: 'ext', view });
    expect(await refusal(gone)).toMatchObject({ error: 'not_found' });
  });

  it('keeps what is in an input as long as its block_id stays, and takes initials only for new ones', async () => {
    const input = (block_id: string, initial_value: string) => ({
      type: 'input',
      block_id,
      label: plain(`Input ${block_id}`),
      element: { type: 'plain_text_input', action_id: 'value', initial_value },
    });
    const ada = bench.client.as('UADA');
    const first = modal('One', [input('a', 'first'), input('b', 'first')]);
    const opened = await bench.web.views.open({ trigger_id: await commandTrigger(), view: first });
    await ada.fill('a', 'typed');
    const second = modal('Two', [input('a', 'second'), input('b', 'second'), input('c', 'second')]);
    await bench.web.views.update({ view_id: opened.view?.id ?? '', view: second });
    const screen = await ada.screen();
    expect(screen).toContain('Input a: <typed>');
    expect(screen).toContain('Input b: <first>');
    expect(screen).toContain('Input c: <second>');
  });
});

describe('views.publish', () => {
  it('shows a Home tab with input blocks and refuses what only a modal has', async () => {
    const input = {
      type: 'input',
      dispatch_action: true,
      label: plain('Find'),
      element: { type: 'plain_text_input', action_id: 'find' },
    };
    await bench.web.views.publish({ user_id: 'UADA', view: { type: 'home', blocks: [input] as never } });
    expect(await bench.client.as('UADA').screen()).toBe('# Home\nFind: <>');
    const titled = { type: 'home', title: plain('No'), blocks: [] } as never;
    const { messages } = await refusal(bench.web.views.publish({ user_id: 'UADA', view: titled }));
    expect(messages).toEqual(['[ERROR] invalid additional property: title [json-pointer:/view]']);
  });
});
