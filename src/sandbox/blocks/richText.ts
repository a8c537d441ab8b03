import { isObject } from '../json.ts';
import { flag, integer, list, oneOf, type Rule, record, type Shape, string } from './rules.ts';

const style = record({}, { bold: flag, italic: flag, strike: flag, code: flag, underline: flag, highlight: flag });

const leaves: Record<string, { required: Shape; optional?: Shape }> = {
  text: { required: { text: string(40_000) } },
  link: { required: { url: string(3000) }, optional: { text: string(3000), unsafe: flag } },
  user: { required: { user_id: string(255) } },
  channel: { required: { channel_id: string(255) } },
  usergroup: { required: { usergroup_id: string(255) } },
  emoji: { required: { name: string(255) }, optional: { unicode: string(255), url: string(3000) } },
  date: {
    required: { timestamp: integer(0, 9_999_999_999), format: string(255) },
    optional: { fallback: string(255), url: string(3000) },
  },
  broadcast: { required: { range: oneOf('here', 'channel', 'everyone') } },
  color: { required: { value: string(20) } },
};

const leaf: Rule = (value, at, problems) => {
  const type = isObject(value) ? String(value.type) : '';
  const kind = Object.hasOwn(leaves, type) ? leaves[type] : undefined;
  if (!kind) return problems.add(`unsupported type: ${type || 'none'}`, `${at}/type`);
  record({ type: oneOf(type), ...kind.required }, { style, ...kind.optional })(value, at, problems);
};

const section = record({ type: oneOf('rich_text_section'), elements: list(0, 1000, leaf) });

const parts: Record<string, Rule> = {
  rich_text_section: section,
  rich_text_quote: record({ type: oneOf('rich_text_quote'), elements: list(1, 1000, leaf) }, { border: integer(0, 1) }),
  rich_text_preformatted: record(
    { type: oneOf('rich_text_preformatted'), elements: list(1, 1000, leaf) },
    { border: integer(0, 1), language: string(50) },
  ),
  rich_text_list: record(
    { type: oneOf('rich_text_list'), style: oneOf('bullet', 'ordered'), elements: list(1, 1000, section) },
    { indent: integer(0, 8), offset: integer(0, 10_000), border: integer(0, 1) },
  ),
};

/** An element of a `rich_text` block. */
export const richTextPart: Rule = (value, at, problems) => {
  const type = isObject(value) ? String(value.type) : '';
  const rule = Object.hasOwn(parts, type) ? parts[type] : undefined;
  if (!rule) return problems.add(`unsupported type: ${type || 'none'}`, `${at}/type`);
  rule(value, at, problems);
};
