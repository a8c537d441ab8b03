import { randomUUID } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { EngineError } from '../../engine/errors.ts';
import { changeSource, previewSource } from '../../engine/operations/changeSource.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { showGroup } from '../../engine/readModels/rules.ts';
import { option } from '../kit/blocks.ts';
import type { FeatureKit } from '../kit/feature.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Submitted } from '../kit/interaction.ts';
import { chosenOption } from '../kit/payloads.ts';
import { groupState, SCREENS } from '../kit/screenRefs.ts';
import { createSourceFlow } from '../kit/sourceFlow.ts';
import { createUserGroups } from '../kit/userGroups.ts';
import { followView } from './groupFormView.ts';

const Numbered = z.object({ groupId: z.number().int().positive() });

/** A group whose members are those of a Slack user group: following one, taking over who joined and left, detaching. */
export function registerFollow({ engine, screens, listeners }: FeatureKit, client: WebClient): void {
  const { begin } = createSourceFlow(engine);
  const userGroups = createUserGroups(client, engine.now);

  screens.register(SCREENS.followGroup, async ({ actor, texts }, { groupId }) => {
    requireMay(actor, 'manage_catalog');
    return followView(texts, (await showGroup(engine, actor, groupId)).group);
  });
  listeners.action(ACTIONS.followGroup, { opens: true, value: Numbered }, ({ stage }, { groupId }) =>
    stage.show(SCREENS.followGroup, { groupId }),
  );
  listeners.suggestions(ACTIONS.userGroup, async (identity, typed) => {
    requireMay(identity.actor, 'manage_catalog');
    const found = await userGroups.search(identity, typed);
    return found.slice(0, 100).map(({ id, name, handle }) => option(`${name} · @${handle}`, id));
  });

  /** The preview of taking the members over as Slack names them now. */
  async function beginFollowing(identity: Identity, groupId: number, userGroupId: string) {
    const { userGroup, slackUserIds } = await userGroups.members(identity, userGroupId);
    const { id, name } = userGroup;
    return begin(identity, { kind: 'follow_user_group', groupId, userGroup: { id, name }, slackUserIds });
  }

  listeners.submission(SCREENS.followGroup, async ({ identity, stage, values }, { groupId }): Promise<Submitted> => {
    requireMay(identity.actor, 'manage_catalog');
    const chosen = chosenOption(values, ACTIONS.userGroup);
    if (chosen === null) return { errors: { [ACTIONS.userGroup]: identity.texts.groups.followNeeded } };
    return {
      work: async () => stage.replace(SCREENS.sourcePreview, await beginFollowing(identity, groupId, chosen)),
    };
  });
  listeners.action(ACTIONS.refreshGroup, { opens: true, value: Numbered }, async ({ identity, stage }, { groupId }) => {
    requireMay(identity.actor, 'manage_catalog');
    const { slackUserGroupId } = (await showGroup(engine, identity.actor, groupId)).group;
    if (slackUserGroupId === null) throw new EngineError('nothing_changed', {});
    await stage.show(SCREENS.sourcePreview, await beginFollowing(identity, groupId, slackUserGroupId));
  });
  listeners.action(ACTIONS.detachGroup, { value: Numbered }, async ({ identity, stage }, { groupId }) => {
    const { actor, texts } = identity;
    const change = { kind: 'follow_user_group' as const, groupId, userGroup: null, slackUserIds: [] };
    // Nobody joins or leaves by it: there is nothing that a preview would show
    const { planHash } = await previewSource(engine, actor, change, { offset: 0, limit: 1 });
    await changeSource(engine, { actor, key: randomUUID(), change, planHash });
    await stage.replace(SCREENS.group, groupState(groupId, texts.groups.detached));
  });
}
