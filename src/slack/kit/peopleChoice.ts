import { z } from 'zod';
import type { Actor } from '../../engine/core/metaPermissions.ts';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import { type Group, type Person, type Structure, searchAs } from '../../engine/readModels/search.ts';
import type { PeopleInputIds } from './ids.ts';
import { type AttachedFile, attachedFile, chosenOptions, typedText, type Values } from './payloads.ts';

/** Ids are integers of PostgreSQL. */
const MAX_ID = 2 ** 31 - 1;

const ids = z.array(z.number().int().min(1).max(MAX_ID)).max(100);

/** What was chosen in a form that asks for people; an attached file has to be attached again. */
export const PeopleChoice = z.object({ userIds: ids, codes: z.string(), structureIds: ids, groupIds: ids });

export type PeopleChoice = z.infer<typeof PeopleChoice>;

/** Nothing chosen yet, or some people. */
export function startPeople(userIds: readonly number[] = []): PeopleChoice {
  return { userIds: [...userIds], codes: '', structureIds: [], groupIds: [] };
}

/** What a submitted form holds. */
export function readPeople(
  values: Values,
  inputs: PeopleInputIds,
): { choice: PeopleChoice; file: AttachedFile | null } {
  const idsOf = (actionId: string) => {
    const chosen = chosenOptions(values, actionId).map(Number);
    return [...new Set(chosen.filter((id) => Number.isInteger(id) && id > 0 && id <= MAX_ID))].slice(0, 100);
  };
  const choice = {
    userIds: idsOf(inputs.people),
    codes: typedText(values, inputs.codes),
    structureIds: idsOf(inputs.structures),
    groupIds: idsOf(inputs.groups),
  };
  return { choice, file: attachedFile(values, inputs.file) };
}

/** The pasted codes, each once. */
export function pastedCodes({ codes }: PeopleChoice): string[] {
  return [...new Set(codes.split(/[\s,;]+/).filter(Boolean))];
}

/** A choice with the names that a form shows; what is no longer there is left out. */
export interface ShownPeople {
  people: Person[];
  structures: Structure[];
  groups: Group[];
  codes: string;
}

/** Loads what a form shows of a choice. Needs `view`. */
export async function showPeople(engine: EngineContext, actor: Actor, choice: PeopleChoice): Promise<ShownPeople> {
  const search = searchAs(engine, actor);
  const { userIds, structureIds, groupIds, codes } = choice;
  return {
    people: userIds.length > 0 ? await search.peopleByIds(userIds) : [],
    structures: structureIds.length > 0 ? await search.structuresByIds(structureIds) : [],
    groups: groupIds.length > 0 ? await search.groupsByIds(groupIds) : [],
    codes,
  };
}
