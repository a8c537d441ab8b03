import { describe, expect, it } from 'vitest';
import { SlackError } from '../../src/sandbox/api/errors.ts';
import { validMessageBlocks, validView } from '../../src/sandbox/blocks/validate.ts';
import { modal, plain } from './support.ts';

const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const section = (more: object) => ({ type: 'section', text: mrkdwn('Text'), ...more });
const button = (more: object = {}) => ({ type: 'button', action_id: 'go', text: plain('Go'), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const option = (value: string, text = value) => ({ text: plain(text), value });
const select = (more: object = {}) => ({ type: 'static_select', action_id: 'pick', options: [option('a')], ...more });
const input = (element: object, more: object = {}) => ({ type: 'input', label: plain('Label'), element, ...more });
const textInput = (more: object = {}) => ({ type: 'plain_text_input', action_id: 'text', ...more });
const many = (count: number) => Array.from({ length: count }, (_, index) => option(`o${index}`));
const repeat = (count: number, item: (index: number) => object) => Array.from({ length: count }, (_, i) => item(i));
const confirm = (more: object) => ({
  title: plain('Sure?'),
  text: mrkdwn('Really?'),
  confirm: plain('Yes'),
  deny: plain('No'),
  ...more,
});

function messagesOf(check: () => unknown): string[] {
  try {
    check();
  } catch (error) {
    if (error instanceof SlackError) return error.messages.length > 0 ? error.messages : [error.code];
    throw error;
  }
  return [];
}

const inMessage = (...blocks: object[]) => messagesOf(() => validMessageBlocks(blocks));
const inModal = (...blocks: object[]) => messagesOf(() => validView(modal('Title', blocks), 'modal'));

describe('blocks that Slack takes', () => {
  it.each<[string, object]>([
    ['section of 3000 characters', section({ text: mrkdwn('x'.repeat(3000)) })],
    ['10 fields', { type: 'section', fields: repeat(10, () => mrkdwn('x'.repeat(2000))) }],
    ['header of 150', { type: 'header', text: plain('x'.repeat(150)) }],
    ['10 context elements', { type: 'context', elements: repeat(10, () => mrkdwn('x')) }],
    ['25 buttons', actions(...repeat(25, (index) => button({ action_id: `b${index}` })))],
    [
      '100 options with values of 150',
      section({ accessory: select({ options: [option('v'.repeat(150), 'V'), ...many(99)] }) }),
    ],
    ['input', input(textInput({ max_length: 3000, initial_value: 'x' }), { optional: true, hint: plain('Hint') })],
    ['external select', section({ accessory: { type: 'external_select', action_id: 'e', min_query_length: 0 } })],
    ['checkboxes with mrkdwn', section({ accessory: choice('checkboxes', [{ ...option('a'), text: mrkdwn('*a*') }]) })],
    ['initial option', section({ accessory: select({ initial_option: option('a') }) })],
    ['confirm', actions(button({ style: 'danger', confirm: confirm({}) }))],
  ])('%s', (_name, block) => {
    expect(inMessage(block)).toEqual([]);
    expect(inModal(block)).toEqual([]);
  });
});

function choice(type: string, options: object[], more: object = {}) {
  return { type, action_id: 'choice', options, ...more };
}

describe('blocks that Slack refuses', () => {
  it.each<[string, object, string]>([
    ['unknown block', { type: 'sectoin' }, 'unsupported type: sectoin [json-pointer:/blocks/0/type]'],
    ['unknown property', section({ txet: 1 }), 'invalid additional property: txet [json-pointer:/blocks/0]'],
    ['emoji on mrkdwn', section({ text: { ...mrkdwn('x'), emoji: true } }), 'invalid additional property: emoji'],
    ['empty section', { type: 'section' }, 'must define either `text` or `fields`'],
    ['empty text', section({ text: mrkdwn('') }), 'must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
    ['section of 3001', section({ text: mrkdwn('x'.repeat(3001)) }), 'must be less than 3001 characters'],
    ['11 fields', { type: 'section', fields: repeat(11, () => mrkdwn('x')) }, 'no more than 10 items allowed'],
    ['field of 2001', { type: 'section', fields: [mrkdwn('x'.repeat(2001))] }, 'must be less than 2001 characters'],
    ['header of 151', { type: 'header', text: plain('x'.repeat(151)) }, 'must be less than 151 characters'],
    ['mrkdwn header', { type: 'header', text: mrkdwn('x') }, 'must be a valid enum value: plain_text'],
    ['11 context elements', { type: 'context', elements: repeat(11, () => mrkdwn('x')) }, 'no more than 10 items'],
    ['button in context', { type: 'context', elements: [button()] }, 'unsupported type: button'],
    [
      'image without alt_text',
      { type: 'image', image_url: 'https://a.test/x.png' },
      'missing required field: alt_text',
    ],
    ['26 elements', actions(...repeat(26, (index) => button({ action_id: `b${index}` }))), 'no more than 25 items'],
    ['no elements', actions(), 'must provide at least 1 items [json-pointer:/blocks/0/elements]'],
    ['same action_id', actions(button(), button()), '`action_id` "go" already exists'],
    [
      'button text of 76',
      actions(button({ text: plain('x'.repeat(76)) })),
      '[json-pointer:/blocks/0/elements/0/text/text]',
    ],
    ['mrkdwn button', actions(button({ text: mrkdwn('x') })), 'must be a valid enum value: plain_text'],
    ['button value of 2001', actions(button({ value: 'x'.repeat(2001) })), 'must be less than 2001 characters'],
    ['button url of 3001', actions(button({ url: `https://${'x'.repeat(3000)}` })), 'must be less than 3001'],
    ['odd style', actions(button({ style: 'default' })), 'must be a valid enum value: primary, danger'],
    ['action_id of 256', actions(button({ action_id: 'x'.repeat(256) })), 'must be less than 256 characters'],
    ['block_id of 256', section({ block_id: 'x'.repeat(256) }), 'must be less than 256 characters'],
    ['confirm title of 101', actions(button({ confirm: confirm({ title: plain('x'.repeat(101)) }) })), 'less than 101'],
    ['confirm text of 301', actions(button({ confirm: confirm({ text: plain('x'.repeat(301)) }) })), 'less than 301'],
    ['confirm button of 31', actions(button({ confirm: confirm({ deny: plain('x'.repeat(31)) }) })), 'less than 31'],
    ['confirm without deny', actions(button({ confirm: confirm({ deny: null }) })), 'missing required field: deny'],
    ['101 options', section({ accessory: select({ options: many(101) }) }), 'no more than 100 items allowed'],
    ['no option', section({ accessory: select({ options: [] }) }), 'must provide at least 1 items'],
    ['neither options nor groups', section({ accessory: select({ options: undefined }) }), 'must provide either'],
    ['option text of 76', section({ accessory: select({ options: [option('a', 'x'.repeat(76))] }) }), 'less than 76'],
    ['option value of 151', section({ accessory: select({ options: [option('x'.repeat(151))] }) }), 'less than 151'],
    [
      'foreign initial',
      section({ accessory: select({ initial_option: option('b') }) }),
      'must match one of the options',
    ],
    [
      'initial with another text',
      section({ accessory: select({ initial_option: option('a', 'A') }) }),
      'must match one of the options [json-pointer:/blocks/0/accessory/initial_option]',
    ],
    ['placeholder of 151', section({ accessory: select({ placeholder: plain('x'.repeat(151)) }) }), 'less than 151'],
    ['overflow of 6', section({ accessory: choice('overflow', many(6)) }), 'no more than 5 items allowed'],
    ['radio of 11', section({ accessory: choice('radio_buttons', many(11)) }), 'no more than 10 items allowed'],
    ['checkboxes of 11', section({ accessory: choice('checkboxes', many(11)) }), 'no more than 10 items allowed'],
    ['text input outside an input', section({ accessory: textInput() }), 'unsupported type: plain_text_input'],
    ['initial beyond max_length', input(textInput({ max_length: 2, initial_value: 'abc' })), 'less than 3 characters'],
    ['max_length of 3001', input(textInput({ max_length: 3001 })), 'must be less than or equal to 3000'],
    ['mrkdwn label', input(textInput(), { label: mrkdwn('x') }), 'must be a valid enum value: plain_text'],
    ['label of 2001', input(textInput(), { label: plain('x'.repeat(2001)) }), 'must be less than 2001'],
    ['button in an input', input(button()), 'unsupported type: button'],
    ['bad date', section({ accessory: { type: 'datepicker', action_id: 'd', initial_date: '1.2.2026' } }), 'a date'],
    ['number without decimals flag', input({ type: 'number_input', action_id: 'n' }), 'is_decimal_allowed'],
  ])('%s', (_name, block, expected) => {
    expect(inMessage(block).join('\n')).toContain(expected);
    expect(inModal(block).join('\n')).toContain(expected.replace('pointer:/blocks', 'pointer:/view/blocks'));
  });

  it('counts blocks by surface', () => {
    const divider = () => ({ type: 'divider' });
    expect(inMessage(...repeat(50, divider))).toEqual([]);
    expect(inMessage(...repeat(51, divider))).toEqual(['[ERROR] no more than 50 items allowed [json-pointer:/blocks]']);
    expect(inModal(...repeat(100, divider))).toEqual([]);
    expect(inModal(...repeat(101, divider))).toEqual([
      '[ERROR] no more than 100 items allowed [json-pointer:/view/blocks]',
    ]);
  });

  it('refuses the same block_id twice, and two focused elements', () => {
    expect(inModal(section({ block_id: 'x' }), section({ block_id: 'x' })).join()).toContain('`block_id` "x" already');
    const focused = (id: string) => input(textInput({ action_id: id, focus_on_load: true }));
    expect(inModal(focused('a'), focused('b')).join()).toContain('only one element can have `focus_on_load`');
  });

  it('takes file inputs in input blocks of modals only, with types and 1 to 10 files', () => {
    const fileInput = (more: object = {}) => ({ type: 'file_input', action_id: 'f', ...more });
    expect(inModal(input(fileInput()))).toEqual([]);
    expect(inModal(input(fileInput({ filetypes: ['csv', 'txt'], max_files: 10 })))).toEqual([]);
    expect(inMessage(input(fileInput())).join()).toContain('unsupported type: file_input');
    expect(inModal(section({ accessory: fileInput() })).join()).toContain('unsupported type: file_input');
    expect(inModal(input(fileInput({ max_files: 0 }))).join()).toContain('greater than or equal to 1');
    expect(inModal(input(fileInput({ max_files: 11 }))).join()).toContain('less than or equal to 10');
    expect(inModal(input(fileInput({ filetypes: [] }))).join()).toContain('at least 1 items');
    expect(inModal(input(fileInput({ initial_files: ['F1'] }))).join()).toContain('invalid additional property');
  });
});

describe('a modal', () => {
  const view = (more: object) => messagesOf(() => validView(modal('Title', [], more), 'modal'));
  it.each<[string, object, string]>([
    [
      'title of 25',
      { title: plain('x'.repeat(25)) },
      'must be less than 25 characters [json-pointer:/view/title/text]',
    ],
    ['empty title', { title: plain('') }, 'must be more than 0 characters [json-pointer:/view/title/text]'],
    ['mrkdwn title', { title: mrkdwn('x') }, 'must be a valid enum value: plain_text'],
    ['submit of 25', { submit: plain('x'.repeat(25)) }, '[json-pointer:/view/submit/text]'],
    ['close of 25', { close: plain('x'.repeat(25)) }, '[json-pointer:/view/close/text]'],
    ['private_metadata of 3001', { private_metadata: 'x'.repeat(3001) }, 'must be less than 3001 characters'],
    ['callback_id of 256', { callback_id: 'x'.repeat(256) }, 'must be less than 256 characters'],
    ['no title', { title: undefined }, 'missing required field: title [json-pointer:/view]'],
    [
      'input without submit',
      { submit: undefined, blocks: [input(textInput())] },
      'must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]',
    ],
    ['beyond 250 KB', { blocks: repeat(90, () => section({ text: mrkdwn('é'.repeat(2900)) })) }, 'view_too_large'],
  ])('is refused with %s', (_name, more, expected) => {
    expect(view(more).join('\n')).toContain(expected);
  });
});
