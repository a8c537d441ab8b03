import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, modal, plain, startBench } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(async () => {
  await bench.close();
});

const nameInput = {
  type: 'input',
  block_id: 'name',
  label: plain('Name'),
  element: { type: 'plain_text_input', action_id: 'value' },
};

describe('a slash command', () => {
  it('reaches the genuine receiver with mentions escaped and its answer is shown to its person only', async () => {
    bench.app.command('/pack', async ({ ack, command }) => {
      await ack(`You said ${command.text} in ${command.channel_name} as ${command.user_name}`);
    });
    const ada = bench.client.as('UADA');
    expect(await ada.command('/pack assign @eva.r a & b', { channel: 'general' })).toEqual({ ok: true });

    const [answer] = await ada.ephemerals();
    expect(answer?.text).toBe('You said assign <@UEVA|eva.r> a &amp; b in general as ada');
    expect(await bench.client.as('UEVA').messages('general')).toEqual([]);
  });

  it('opens a modal, keeps what was typed over an update, submits and posts', async () => {
    bench.app.command('/pack', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: modal('New package', [nameInput, more()]) });
    });
    bench.app.action('grow', async ({ ack, body, client }) => {
      await ack();
      if (body.type !== 'block_actions' || !body.view) throw new Error('expected a view');
      const extra = { type: 'section', text: { type: 'mrkdwn', text: '*One more line*' } };
      const view = modal('New package', [nameInput, more(), extra], { callback_id: 'create' });
      await client.views.update({ view_id: body.view.id, hash: body.view.hash, view });
    });
    bench.app.view('create', async ({ ack, view, body, client }) => {
      const name = view.state.values.name?.value?.value ?? '';
      if (name.length < 5) return ack({ response_action: 'errors', errors: { name: 'Too short' } });
      await ack();
      await client.chat.postMessage({ channel: body.user.id, text: `Created ${name}` });
    });

    const ada = bench.client.as('UADA');
    await ada.command('/pack new');
    await ada.waitForModal('New package');
    expect(await ada.submit()).toMatchObject({
      outcome: 'invalid',
      errors: { name: 'Please complete this required field.' },
    });
    await ada.fill('Name', 'abc');
    await ada.click('More');
    const screen = await ada.waitForScreen('One more line');
    expect(screen).toContain('Name: <abc>');
    expect(await ada.submit()).toMatchObject({ outcome: 'errors', errors: { name: 'Too short' } });
    await ada.fill('name', 'Engineering');
    expect(await ada.submit()).toMatchObject({ outcome: 'closed' });
    expect(await ada.stack()).toEqual([]);
    expect((await ada.waitForMessage('Created Engineering')).isEphemeral).toBe(false);
  });
});

function more() {
  return { type: 'actions', block_id: 'more', elements: [{ type: 'button', action_id: 'grow', text: plain('More') }] };
}
