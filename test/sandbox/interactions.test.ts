import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, modal, plain, startBench } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench({ ackTimeoutMs: 150 });
});
afterEach(async () => {
  await bench.close();
});

const option = (value: string) => ({ text: plain(value.toUpperCase()), value });

/** Lets `/pack` open this modal. */
function opens(view: ReturnType<typeof modal>): void {
  bench.app.command('/pack', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view });
  });
}

/** The body of the next payload that the app gets for this action. */
function nextAction(actionId: string): Promise<Record<string, never>> {
  return new Promise((resolve) => {
    bench.app.action(actionId, async ({ ack, body }) => {
      await ack();
      resolve(body as never);
    });
  });
}

describe('block_actions', () => {
  it('of a view carries the complete state, the container and the hash', async () => {
    const select = { type: 'static_select', action_id: 'pick', options: [option('a'), option('b')] };
    const name = { type: 'plain_text_input', action_id: 'value' };
    const text = { type: 'mrkdwn', text: 'Row' };
    opens(
      modal('Form', [
        { type: 'section', block_id: 'row', text, accessory: select },
        { type: 'input', block_id: 'name', label: plain('Name'), element: name },
      ]),
    );
    const ada = bench.client.as('UADA');
    await ada.command('/pack');
    const view = await ada.waitForModal('Form');
    const sent = nextAction('pick');
    await ada.select('pick', 'B');
    const picked = { text: { ...plain('B'), emoji: true }, value: 'b' };
    expect(await sent).toMatchObject({
      type: 'block_actions',
      user: { id: 'UADA', username: 'ada', name: 'ada', team_id: 'TACME' },
      team: { id: 'TACME', domain: 'acme' },
      api_app_id: 'AAPP',
      container: { type: 'view', view_id: view.id },
      actions: [{ type: 'static_select', action_id: 'pick', block_id: 'row', selected_option: picked }],
      view: {
        hash: view.hash,
        root_view_id: view.id,
        previous_view_id: null,
        state: {
          values: {
            row: { pick: { type: 'static_select', selected_option: picked } },
            name: { value: { type: 'plain_text_input', value: null } },
          },
        },
      },
    });
  });

  it('of a message carries channel, message and a response_url for five answers', async () => {
    const confirm = { title: plain('Sure?'), text: plain('Really?'), confirm: plain('Yes'), deny: plain('No') };
    const button = { type: 'button', action_id: 'approve', text: plain('Approve'), value: 'r1', confirm };
    const blocks = [{ type: 'actions', block_id: 'decide', elements: [button] }] as never;
    const { ts } = await bench.web.chat.postMessage({ channel: 'CGENERAL', text: 'Decide', blocks });
    const answers: number[] = [];
    const done = new Promise<void>((resolve) => {
      bench.app.action('approve', async ({ ack, body }) => {
        await ack();
        if (body.type !== 'block_actions') return;
        for (const text of ['1', '2', '3', '4', '5', '6']) {
          const payload = { text, replace_original: text === '1' };
          const init = { method: 'POST', body: JSON.stringify(payload) };
          answers.push((await fetch(body.response_url, init)).status);
        }
        expect(body).toMatchObject({
          container: { type: 'message', message_ts: ts, channel_id: 'CGENERAL', is_ephemeral: false },
          message: { ts, text: 'Decide' },
          state: { values: {} },
          actions: [{ type: 'button', value: 'r1' }],
        });
        resolve();
      });
    });
    const eva = bench.client.as('UEVA');
    await eva.click('Approve', { in: await eva.waitForMessage('Decide') });
    await done;
    expect(answers).toEqual([200, 200, 200, 200, 200, 404]);
    const messages = await eva.messages('general');
    expect(messages.map((message) => [message.text, message.isEphemeral])).toEqual([
      ['1', false],
      ['2', true],
      ['3', true],
      ['4', true],
      ['5', true],
    ]);
  });

  it('of an ephemeral message carries no message, and names a stranger by their own team', async () => {
    const blocks = [{ type: 'actions', elements: [{ type: 'button', action_id: 'ok', text: plain('OK') }] }] as never;
    await bench.web.chat.postEphemeral({ channel: 'CGENERAL', user: 'USTR', text: 'psst', blocks });
    const sent = nextAction('ok');
    const sam = bench.client.as('USTR');
    await sam.click('OK', { in: await sam.waitForMessage('psst') });
    const body = await sent;
    expect(body).toMatchObject({
      container: { is_ephemeral: true },
      team: { id: 'TOTHER' },
      user: { team_id: 'TOTHER' },
    });
    expect(body).not.toHaveProperty('message');
  });

  it('is not sent by an input without dispatch_action, and only on Enter by default', async () => {
    const element = { type: 'plain_text_input', action_id: 'typed' };
    const input = { type: 'input', block_id: 'a', dispatch_action: true, label: plain('A'), element };
    opens(modal('Form', [input, { ...input, block_id: 'b', dispatch_action: false, label: plain('B') }]));
    const values: unknown[] = [];
    bench.app.action('typed', async ({ ack, action }) => {
      await ack();
      values.push((action as { value?: string }).value);
    });
    const ada = bench.client.as('UADA');
    await ada.command('/pack');
    await ada.waitForModal('Form');
    await ada.fill('A', 'one');
    await ada.fill('B', 'two');
    await ada.pressEnter('B');
    await ada.pressEnter('A');
    expect(values).toEqual(['one']);
  });
});

describe('an external select', () => {
  it('gets its options from the app, whose payload holds no state, and refuses more than 100', async () => {
    const element = { type: 'external_select', action_id: 'find', min_query_length: 0 };
    opens(modal('Form', [{ type: 'input', block_id: 'who', label: plain('Who'), element }]));
    let payload: unknown;
    bench.app.options<'block_suggestion'>('find', async ({ ack, options, body }) => {
      payload = body;
      const count = options.value === 'many' ? 101 : 2;
      await ack({ options: Array.from({ length: count }, (_, index) => option(`${options.value}${index}`)) });
    });
    const submitted = new Promise((resolve) => {
      bench.app.view({ type: 'view_submission' }, async ({ ack, view }) => {
        await ack();
        resolve(view.state.values);
      });
    });
    const ada = bench.client.as('UADA');
    await ada.command('/pack');
    await ada.waitForModal('Form');
    expect(await ada.suggest('find', 'many')).toEqual([]);
    expect((await ada.state()).toasts.at(-1)?.text).toContain('no more than 100 items allowed');
    await ada.pick('find', 'x', 'X1');
    expect(payload).toMatchObject({
      type: 'block_suggestion',
      value: 'x',
      block_id: 'who',
      view: { state: { values: {} } },
    });
    expect(await ada.screen()).toContain('Who: <X1>');
    expect(await ada.submit()).toMatchObject({ outcome: 'closed' });
    expect(await submitted).toMatchObject({ who: { find: { selected_option: { value: 'x1' } } } });
  });
});

describe('an answer to a submission', () => {
  it.each([
    ['update', { response_action: 'update', view: modal('Next') }, { outcome: 'updated' }, ['Next']],
    ['push', { response_action: 'push', view: modal('Next') }, { outcome: 'pushed' }, ['Form', 'Next']],
    ['clear', { response_action: 'clear' }, { outcome: 'cleared' }, []],
    ['an invalid view', { response_action: 'update', view: modal('') }, { outcome: 'failed' }, ['Form']],
    ['errors for no input', { response_action: 'errors', errors: { other: 'No' } }, { outcome: 'failed' }, ['Form']],
  ])('can be %s', async (_name, answer, outcome, titles) => {
    opens(modal('Form', [], { callback_id: 'form' }));
    bench.app.view('form', async ({ ack }) => ack(answer as never));
    const ada = bench.client.as('UADA');
    await ada.command('/pack');
    await ada.waitForModal('Form');
    expect(await ada.submit()).toMatchObject(outcome);
    expect((await ada.stack()).map((view) => (view.view.title as { text: string }).text)).toEqual(titles);
  });
});

describe('an app that does not acknowledge in time', () => {
  it('is told to the person: after a command, a button and a submission', async () => {
    opens(modal('Form', [{ type: 'actions', elements: [{ type: 'button', action_id: 'slow', text: plain('Slow') }] }]));
    const ada = bench.client.as('UADA');
    await ada.command('/pack');
    await ada.waitForModal('Form');
    expect(await ada.click('Slow')).toMatchObject({ ok: false });
    expect((await ada.state()).toasts[0]?.text).toContain('did not respond within 3 seconds');
    expect(await ada.submit()).toMatchObject({ outcome: 'failed' });
    expect(await ada.screen()).toContain('! We had some trouble connecting. Try again?');
    await bench.close();

    bench = await startBench({ ackTimeoutMs: 150 });
    await bench.client.as('UADA').command('/pack');
    const [told] = await bench.client.as('UADA').ephemerals();
    expect(told?.text).toBe('`/pack` failed with the error "operation_timeout"');
  });
});

describe('the other ways in', () => {
  it('are a shortcut, the Home tab and closing a modal', async () => {
    bench.app.shortcut('new_pack', async ({ ack, shortcut, client }) => {
      await ack();
      await client.views.open({ trigger_id: shortcut.trigger_id, view: modal('New', [], { notify_on_close: true }) });
    });
    bench.app.event('app_home_opened', async ({ event, client }) => {
      const text = { type: 'mrkdwn' as const, text: `Hello <@${event.user}> on ${event.tab}` };
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [{ type: 'section', text }] } });
    });
    const closed = new Promise((resolve) => {
      bench.app.view({ type: 'view_closed' }, async ({ ack, body }) => {
        await ack();
        resolve(body.type === 'view_closed' && body.is_cleared);
      });
    });
    const eva = bench.client.as('UEVA');
    await eva.openHome();
    await eva.waitForScreen('Hello <@UEVA> on home');
    await eva.shortcut('new_pack');
    await eva.waitForModal('New');
    await eva.close();
    expect(await closed).toBe(false);
    expect(await eva.stack()).toEqual([]);
  });

  it('end in an error for what does not exist', async () => {
    const ada = bench.client.as('UADA');
    await expect(ada.shortcut('nothing')).rejects.toThrow('unknown_shortcut');
    expect(await ada.command('/nothing')).toMatchObject({ ok: false });
    await expect(bench.client.as('UNOBODY').command('/pack')).rejects.toThrow('unknown_person');
    await expect(ada.click('Anything')).rejects.toThrow('No modal is open');
  });
});
