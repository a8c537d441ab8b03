import { z } from 'zod';
import { SOURCE_CHANGES, type SourceChange } from '../../engine/core/sourceChange.ts';
import { checkSource } from '../../engine/operations/changeSource.ts';
import { listProfilePeople, showProfile } from '../../engine/readModels/profiles.ts';
import { requireMay } from '../../engine/readModels/requireMay.ts';
import { listGroupMembers, showGroup } from '../../engine/readModels/rules.ts';
import { searchAs } from '../../engine/readModels/search.ts';
import { option } from '../kit/blocks.ts';
import type { Feature } from '../kit/feature.ts';
import { besideField } from '../kit/fieldError.ts';
import type { Identity } from '../kit/identify.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { Submitted } from '../kit/interaction.ts';
import { chosenPeople } from '../kit/peopleInput.ts';
import { personOption } from '../kit/personOption.ts';
import { SCREENS, type ScreenState, SOURCE_PURPOSES } from '../kit/screenRefs.ts';
import { stateOf } from '../kit/screens.ts';
import { createSourceFlow } from '../kit/sourceFlow.ts';
import { escapeText } from '../kit/text.ts';
import { peopleView } from './peopleView.ts';

type Choosing = ScreenState<typeof SCREENS.sourcePeople>;

const Chosen = z.object({ purpose: z.enum(SOURCE_PURPOSES), id: z.number().int().positive() });

/** Who gets or loses a profile, or joins or leaves a group: by search, by pasted codes, or one from a list. */
export const registerSourcePeople: Feature = ({ engine, screens, listeners }) => {
  const { begin } = createSourceFlow(engine);

  screens.register(SCREENS.sourcePeople, async (identity, { purpose, id }) => {
    requirePurpose(identity, purpose);
    return peopleView(identity.texts, purpose, await subjectOf(identity, purpose, id));
  });

  async function subjectOf({ actor, texts }: Identity, purpose: Choosing['purpose'], id: number): Promise<string> {
    if (purpose === 'join_group' || purpose === 'leave_group') {
      return texts.sourcePreview.group(escapeText((await showGroup(engine, actor, id)).group.name));
    }
    const { profile } = await showProfile(engine, actor, id);
    return texts.sourcePreview.profile(escapeText(profile.name), escapeText(profile.applicationName));
  }

  listeners.action(/^source_people_open_/, { opens: true, value: Chosen }, async ({ identity, stage }, chosen) => {
    requirePurpose(identity, chosen.purpose);
    await stage.show(SCREENS.sourcePeople, chosen);
  });
  listeners.action(
    ACTIONS.moveOne,
    { opens: true, value: Chosen.extend({ userId: z.number().int().positive() }) },
    async ({ identity, stage }, { purpose, id, userId }) => {
      requirePurpose(identity, purpose);
      await stage.show(SCREENS.sourcePreview, await begin(identity, changeOf(purpose, id, [userId])));
    },
  );
  listeners.suggestions(ACTIONS.sourcePeople, async ({ actor }, text, view) => {
    const state = stateOf(SCREENS.sourcePeople, view);
    if (!state) return [];
    const { purpose, id } = state;
    if (purpose === 'assign_profile' || purpose === 'join_group') {
      return (await searchAs(engine, actor).people(text, 100)).map(personOption);
    }
    const list = purpose === 'unassign_profile' ? listProfilePeople : listGroupMembers;
    const { members } = await list(engine, actor, id, { text, offset: 0, limit: 100 });
    return members.map(({ userId, code, name }) => option(`${code} · ${name}`, String(userId)));
  });

  listeners.submission(SCREENS.sourcePeople, async ({ identity, stage, values }, state): Promise<Submitted> => {
    requirePurpose(identity, state.purpose);
    const inputs = { people: ACTIONS.sourcePeople, codes: ACTIONS.sourceCodes };
    const chosen = await chosenPeople(engine, identity, values, inputs);
    if ('errors' in chosen) return chosen;
    const change = changeOf(state.purpose, state.id, chosen.userIds);
    try {
      await checkSource(engine, identity.actor, change);
    } catch (error) {
      return besideField(identity.texts, error, { nothing_changed: inputs.people, user_not_found: inputs.people });
    }
    return { work: async () => stage.replace(SCREENS.sourcePreview, await begin(identity, change)) };
  });
};

function requirePurpose({ actor }: Identity, purpose: Choosing['purpose']): void {
  requireMay(actor, SOURCE_CHANGES[changeOf(purpose, 1, []).kind]);
}

function changeOf(purpose: Choosing['purpose'], id: number, userIds: number[]): SourceChange {
  switch (purpose) {
    case 'assign_profile':
    case 'unassign_profile':
      return { kind: purpose, profileId: id, userIds };
    case 'join_group':
      return { kind: 'change_group_members', groupId: id, join: userIds, leave: [] };
    case 'leave_group':
      return { kind: 'change_group_members', groupId: id, join: [], leave: userIds };
    default:
      return purpose satisfies never;
  }
}
