import { isObject, objectsOf, stringOf } from '../json.ts';
import { anyText, plainText } from './composition.ts';
import { elementIn } from './elements.ts';
import { placedElements } from './inputs.ts';
import { LIMITS } from './limits.ts';
import { richTextPart } from './richText.ts';
import {
  address,
  also,
  flag,
  list,
  oneOf,
  type Problems,
  type Rule,
  record,
  type Shape,
  type Surface,
  string,
} from './rules.ts';

interface BlockKind {
  surfaces?: Surface[];
  required?: Shape;
  optional?: Shape;
  extra?: Rule;
}

const contextElement: Rule = (value, at, problems) => {
  const type = isObject(value) ? value.type : undefined;
  const isText = type === 'plain_text' || type === 'mrkdwn';
  (isText ? anyText(LIMITS.contextText) : elementIn('context'))(value, at, problems);
};

const imageSource: Rule = also((block, at, problems) => {
  if (!block.image_url && !block.slack_file) {
    problems.add('must define either `image_url` or `slack_file`', at);
  }
});

const kinds: Record<string, BlockKind> = {
  section: {
    optional: {
      text: anyText(LIMITS.sectionText),
      fields: list(1, LIMITS.fields, anyText(LIMITS.fieldText)),
      accessory: elementIn('accessory'),
      expand: flag,
    },
    extra: also((block, at, problems) => {
      if (!block.text && !block.fields) problems.add('must define either `text` or `fields`', at);
    }),
  },
  header: { required: { text: plainText(LIMITS.header) } },
  divider: {},
  context: { required: { elements: list(1, LIMITS.contextElements, contextElement) } },
  actions: { required: { elements: list(1, LIMITS.actionsElements, elementIn('actions')) } },
  image: {
    required: { alt_text: string(LIMITS.altText) },
    optional: {
      image_url: address(LIMITS.imageUrl),
      slack_file: record({}, { id: string(255), url: string(3000) }),
      title: plainText(LIMITS.imageTitle),
    },
    extra: imageSource,
  },
  input: {
    required: { label: plainText(LIMITS.label), element: elementIn('input') },
    optional: { hint: plainText(LIMITS.hint), optional: flag, dispatch_action: flag },
  },
  rich_text: { required: { elements: list(1, 100, richTextPart) } },
  markdown: { surfaces: ['message'], required: { text: string(LIMITS.markdown) } },
};

const anyBlock: Rule = (value, at, problems) => {
  const type = isObject(value) ? String(value.type) : '';
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (!kind || !(kind.surfaces ?? [problems.surface]).includes(problems.surface)) {
    return problems.add(`unsupported type: ${type || 'none'}`, `${at}/type`);
  }
  const optional = { block_id: string(LIMITS.id), ...kind.optional };
  record({ type: oneOf(type), ...kind.required }, optional)(value, at, problems);
  kind.extra?.(value, at, problems);
};

/** Checks the blocks of a message, a modal or a Home tab, with the rules that span several of them. */
export function checkBlocks(blocks: unknown, at: string, problems: Problems): void {
  list(0, LIMITS.blocks[problems.surface], anyBlock)(blocks, at, problems);
  const seen = new Set<string>();
  let focused = 0;
  objectsOf(blocks).forEach((block, index) => {
    const blockId = stringOf(block.block_id);
    if (blockId !== undefined && seen.has(blockId)) {
      problems.add(`\`block_id\` "${blockId}" already exists for another block`, `${at}/${index}/block_id`);
    }
    if (blockId !== undefined) seen.add(blockId);
    const actionIds = placedElements([block]).map((placed) => placed.actionId);
    const twice = actionIds.find((actionId, position) => actionIds.indexOf(actionId) !== position);
    if (twice) problems.add(`\`action_id\` "${twice}" already exists for another element`, `${at}/${index}`);
    focused += placedElements([block]).filter((placed) => placed.element.focus_on_load === true).length;
  });
  if (focused > 1) problems.add('only one element can have `focus_on_load` set to true', at);
}
