import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { STRUCTURE_CODE } from '../../engine/core/parameter.ts';
import type { SourceChange } from '../../engine/core/sourceChange.ts';
import { changeSource, checkSource } from '../../engine/operations/changeSource.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { listGroupMembers, showGroup } from '../../engine/readModels/rules.ts';
import type { FeatureKit } from '../kit/feature.ts';
import { besideField } from '../kit/fieldError.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Submitted } from '../kit/interaction.ts';
import { PAGE_SIZE, pageOf } from '../kit/paging.ts';
import { typedText } from '../kit/payloads.ts';
import { groupState, SCREENS } from '../kit/screenRefs.ts';
import { getState } from '../kit/screens.ts';
import { createSourceFlow } from '../kit/sourceFlow.ts';
import { escapeText } from '../kit/text.ts';
import { groupFormView } from './groupFormView.ts';
import { groupView } from './groupView.ts';

const Numbered = z.object({ groupId: z.number().int().positive() });
const FIELDS = {
  ...{ group_code_taken: ACTIONS.groupCode, invalid_code: ACTIONS.groupCode, nothing_changed: ACTIONS.groupName },
};

/** One group with its members; creating and renaming one, which concerns nobody's access; deleting one. */
export function registerGroup({ engine, screens, listeners }: FeatureKit): void {
  const { begin } = createSourceFlow(engine);

  screens.register(SCREENS.group, async ({ actor, texts }, { groupId, text, page: wanted, note }) => {
    const { group, rules } = await showGroup(engine, actor, groupId);
    const list = (page: number) =>
      listGroupMembers(engine, actor, groupId, { text, offset: page * PAGE_SIZE, limit: PAGE_SIZE });
    const found = await list(wanted);
    // Past the end nothing tells how many there are
    const page = found.total > 0 ? pageOf(wanted, found.total).page : 0;
    const members = page === wanted ? found : await list(page);
    return groupView(texts, actor, { group, rules, members, text, page, note });
  });
  listeners.action(ACTIONS.openGroup, { value: Numbered }, ({ stage }, { groupId }) =>
    stage.replace(SCREENS.group, groupState(groupId)),
  );
  listeners.action(ACTIONS.groupFilter, { value: z.string() }, ({ stage, view }, text) => {
    const { groupId } = getState(SCREENS.group, view);
    return stage.replace(SCREENS.group, { ...groupState(groupId), text: text.slice(0, 200) });
  });
  listeners.submission(SCREENS.group, async ({ identity, values }, { groupId }) => {
    const text = typedText(values, ACTIONS.groupFilter).slice(0, 200);
    return { drawn: await screens.draw(identity, SCREENS.group, { ...groupState(groupId), text }) };
  });
  listeners.action(
    /^group_page_/,
    { value: z.object({ page: z.number().int().min(0) }) },
    ({ stage, view }, { page }) =>
      stage.replace(SCREENS.group, { ...getState(SCREENS.group, view), page, note: undefined }),
  );

  screens.register(SCREENS.groupForm, async ({ actor, texts }, { groupId }) => {
    requireMay(actor, 'manage_catalog');
    return groupFormView(texts, groupId === null ? null : (await showGroup(engine, actor, groupId)).group);
  });
  listeners.action(ACTIONS.newGroup, { opens: true, value: z.unknown() }, ({ stage }) =>
    stage.show(SCREENS.groupForm, { groupId: null, key: randomUUID() }),
  );
  listeners.action(ACTIONS.editGroup, { opens: true, value: Numbered }, ({ stage }, { groupId }) =>
    stage.show(SCREENS.groupForm, { groupId, key: randomUUID() }),
  );
  listeners.action(ACTIONS.deleteGroup, { opens: true, value: Numbered }, async ({ identity, stage }, { groupId }) => {
    requireMay(identity.actor, 'manage_catalog');
    await stage.show(SCREENS.sourcePreview, await begin(identity, { kind: 'delete_group', groupId }));
  });

  listeners.submission(SCREENS.groupForm, async (interaction, { groupId, key }): Promise<Submitted> => {
    const { identity, stage, view, values, whisper } = interaction;
    const { actor, texts } = identity;
    requireMay(actor, 'manage_catalog');
    const words = texts.groups;
    const code = typedText(values, ACTIONS.groupCode);
    const name = typedText(values, ACTIONS.groupName);
    if (code === '') return { errors: { [ACTIONS.groupCode]: words.codeNeeded } };
    if (!STRUCTURE_CODE.test(code)) return { errors: { [ACTIONS.groupCode]: words.codeInvalid } };
    if (name === '') return { errors: { [ACTIONS.groupName]: words.nameNeeded } };
    const change: SourceChange =
      groupId === null ? { kind: 'create_group', code, name } : { kind: 'edit_group', groupId, code, name };
    try {
      await checkSource(engine, actor, change);
    } catch (error) {
      return besideField(texts, error, FIELDS);
    }
    const close = Boolean(view?.previous_view_id);
    return {
      close,
      work: async () => {
        const { outcome } = await changeSource(engine, { actor, key, change });
        const note = groupId === null ? words.created(escapeText(name)) : words.saved;
        const state = groupState(outcome.id, note);
        const shown = await (close ? stage.refreshBelow(SCREENS.group, state) : stage.replace(SCREENS.group, state));
        if (!shown) await whisper(note);
      },
    };
  });
}
