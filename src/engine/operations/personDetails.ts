import { digestAccess } from '../../persistence/access.ts';
import type { Transaction } from '../../persistence/database.ts';
import { recordPeople } from '../../persistence/recordPeople.ts';
import { findUser } from '../../persistence/users.ts';
import { hashOf } from '../core/canonicalJson.ts';
import { fieldProblem, type PersonDetails, type PersonField } from '../core/personDetails.ts';
import { searchText } from '../core/searchText.ts';
import { EngineError } from '../errors.ts';
import { rememberForNotice } from './accessNotices.ts';
import { getPerson } from './getPerson.ts';
import { runAdministration } from './runAdministration.ts';
import { type Command, type EngineContext, type OperationDone, runOperation } from './runOperation.ts';

export interface CreatePersonCommand extends Command {
  details: PersonDetails;
}

/**
 * Creates a person of the organization, without a Slack account. Needs `manage_catalog`.
 * @throws EngineError `invalid_person`, `code_taken`, `unknown_structure`.
 */
export function createPerson(
  context: EngineContext,
  command: CreatePersonCommand,
): Promise<OperationDone<{ userId: number }>> {
  const { organizationId } = command.actor;
  const head = { kind: 'create_person', needs: 'manage_catalog', command } as const;
  return runAdministration(context, head, async (transaction) => {
    const { code, name, email, structure } = checked(command.details);
    const sameCode = await findUser(transaction, organizationId, { code });
    if (sameCode) throw new EngineError('code_taken', { code: sameCode.code, user: sameCode.name });
    const structureId = await getStructureId(transaction, organizationId, structure);
    const { id: userId } = await transaction.user.create({
      data: {
        ...{ organizationId, code, name, email, structureId },
        searchText: searchText(code, name, email),
      },
    });
    const after = { name, email, structure };
    return { subject: { user: code }, before: null, after, outcome: { userId }, people: [userId] };
  });
}

export interface EditPersonCommand extends Command {
  userId: number;
  details: Omit<PersonDetails, 'code'>;
}

/**
 * Changes name, e-mail and structure of a person. Another structure has other rules: where the person's access changes,
 * they are told. Needs `manage_catalog`.
 * @throws EngineError `user_not_found`, `invalid_person`, `unknown_structure`, `nothing_changed`.
 */
export function editPerson(
  context: EngineContext,
  command: EditPersonCommand,
): Promise<OperationDone<{ accessChanges: boolean }>> {
  const { organizationId } = command.actor;
  const { userId } = command;
  const head = { kind: 'edit_person', needs: 'manage_catalog', command } as const;
  return runOperation(context, head, async (transaction, { id, at }) => {
    const person = await getPerson(transaction, organizationId, userId);
    const { code, name, email, structure } = checked({ ...command.details, code: person.code });
    const was = await transaction.user.findUniqueOrThrow({
      where: { organizationId_id: { organizationId, id: userId } },
    });
    const key = { organizationId_id: { organizationId, id: was.structureId } };
    const { code: structureWas } = await transaction.structure.findUniqueOrThrow({ where: key });
    const before = { name: person.name, email: person.email, structure: structureWas };
    const after = { name, email, structure };
    if (hashOf(before) === hashOf(after)) throw new EngineError('nothing_changed', {});
    const structureId =
      structure === structureWas ? was.structureId : await getStructureId(transaction, organizationId, structure);
    const accessWas = await digestAccess(transaction, organizationId, userId);
    const audiences = [{ userIds: [userId] }];
    await rememberForNotice(context, transaction, { organizationId, audiences, permissions: 'any', at });
    await transaction.user.update({
      where: { organizationId_id: { organizationId, id: userId } },
      data: { name, email, structureId, searchText: searchText(code, name, email) },
    });
    const accessChanges = accessWas !== (await digestAccess(transaction, organizationId, userId));
    const operation = { organizationId, operationId: id };
    await recordPeople(transaction, operation, [userId], accessChanges ? 'moved' : 'unchanged');
    return {
      packageNumber: null,
      planHash: hashOf({ code, before, after }),
      snapshot: { user: code },
      outcome: { accessChanges },
      audit: { subject: { user: code }, before, after },
      messages: accessChanges ? [{ kind: 'access_changed', payload: { audience: 'changed' } }] : [],
    };
  });
}

/** The details without white space at their ends. @throws EngineError `invalid_person` with the first wrong field. */
function checked(details: PersonDetails): PersonDetails {
  const trimmed = {
    code: details.code.trim(),
    name: details.name.trim(),
    email: details.email.trim(),
    structure: details.structure.trim(),
  };
  for (const field of Object.keys(trimmed) as PersonField[]) {
    const problem = fieldProblem(field, trimmed[field]);
    if (problem) throw new EngineError('invalid_person', { field, problem });
  }
  return trimmed;
}

async function getStructureId(transaction: Transaction, organizationId: number, code: string): Promise<number> {
  const found = await transaction.structure.findUnique({
    where: { organizationId_code: { organizationId, code }, retiredAt: null },
  });
  if (!found) throw new EngineError('unknown_structure', { code });
  return found.id;
}
