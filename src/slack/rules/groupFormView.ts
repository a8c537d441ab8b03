import type { Group } from '../../engine/readModels/rules.ts';
import { externalSelect, input, type ModalContent, section, textInput } from '../kit/blocks.ts';
import { ACTIONS } from '../kit/ids.ts';
import { escapeText } from '../kit/text.ts';
import type { Texts } from '../kit/texts/index.ts';

/** Characters that the form takes; an import may bring longer ones. */
const NAME = 120;
const CODE = 60;

/** The form of a group's code and name. */
export function groupFormView(texts: Texts, group: Group | null): ModalContent {
  const words = texts.groups;
  return {
    title: words.formTitle[group ? 'edit' : 'create'],
    submit: group ? texts.common.save : words.createButton,
    close: texts.common.cancel,
    blocks: [
      input(
        'group_code',
        words.code,
        textInput(ACTIONS.groupCode, {
          max: Math.max(CODE, group?.code.length ?? 0),
          ...(group && { initial: group.code }),
        }),
        { hint: words.codeHint },
      ),
      input(
        'group_name',
        words.name,
        textInput(ACTIONS.groupName, {
          max: Math.max(NAME, group?.name.length ?? 0),
          ...(group && { initial: group.name }),
        }),
      ),
    ],
  };
}

/** The form that asks which Slack user group a group takes its members from. */
export function followView(texts: Texts, { name }: Group): ModalContent {
  const words = texts.groups;
  return {
    title: words.followTitle,
    submit: words.next,
    close: texts.common.cancel,
    blocks: [
      section(texts.sourcePreview.group(escapeText(name))),
      input('user_group', words.followLabel, externalSelect(ACTIONS.userGroup, words.followPlaceholder), {
        hint: words.followHint,
      }),
    ],
  };
}
