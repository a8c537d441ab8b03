import type { Queryable } from '../../persistence/database.ts';
import {
  type NamedPermission,
  type StoredChange,
  selectPermissionNames,
  selectRowsWrittenBy,
  selectStoredChanges,
  type WrittenRow,
} from '../../persistence/operationDetails.ts';
import { findOperation, type StoredOperation } from '../../persistence/operations.ts';
import { statusOfCode } from '../../persistence/statusCode.ts';
import { AssignmentSnapshot } from '../core/assignmentSnapshot.ts';
import { type EffectiveAccess, effectiveAccess } from '../core/effectiveAccess.ts';
import type { AuthorizationRow, Grant } from '../core/status.ts';
import type { Divergence, StatusKind } from '../core/statusTable.ts';
import type { EngineContext } from '../operations/runOperation.ts';

/** What an operation did, or deliberately did not do, about one permission of one person. */
export interface OperationLine {
  person: { code: string; name: string };
  permission: NamedPermission;
  /** The status before; null where the operation needed none, and so stored none. */
  before: {
    kind: StatusKind;
    divergence: Divergence | null;
    packageNumber: number | null;
    grantName: string | null;
  } | null;
  decision: 'written' | 'kept';
  hadBefore: EffectiveAccess | null;
  hasAfter: EffectiveAccess | null;
  /** `changedSince`: something else has written the authorization meanwhile; `inactive`: it was taken away. */
  note: 'changedSince' | 'inactive' | null;
}

const PEOPLE_PER_PAGE = 250;

/**
 * Everything that an operation stored about people and permissions, some people at a time, by personal code. What an
 * assignment granted where nothing was before is not stored and comes from its snapshot. For the bot's own deliveries:
 * not authorized here.
 * @throws where the organization has no such operation: ids come from our own rows.
 */
export async function* operationLines(
  { database: { prisma } }: EngineContext,
  organizationId: number,
  operationId: number,
  peoplePerPage = PEOPLE_PER_PAGE,
): AsyncGenerator<OperationLine[]> {
  const operation = await findOperation(prisma, organizationId, { id: operationId });
  if (!operation) throw new Error(`There is no operation ${operationId}`);
  let after = '';
  for (;;) {
    const people = await selectStoredChanges(prisma, organizationId, operationId, { after, limit: peoplePerPage });
    if (people.length === 0) return;
    yield await linesOf(prisma, organizationId, operation, people);
    if (people.length < peoplePerPage) return;
    after = people.at(-1)?.userCode ?? '';
  }
}

/** What an operation stored about some of its people. */
export async function linesOf(
  queryable: Queryable,
  organizationId: number,
  operation: StoredOperation,
  people: readonly StoredChange[],
): Promise<OperationLine[]> {
  const snapshot = snapshotOf(operation);
  if (snapshot) return people.flatMap((person) => assignmentLines(snapshot, person));
  const userIds = people.map(({ userId }) => userId);
  const permissionIds = new Set(people.flatMap((person) => person.permissionIds));
  if (permissionIds.size === 0) return [];
  const permissions = await selectPermissionNames(queryable, organizationId, [...permissionIds]);
  const rows = await selectRowsWrittenBy(queryable, organizationId, operation.id, userIds);
  const byCell = new Map(rows.map((row) => [`${row.userId}/${row.permissionId}`, row]));
  return people.flatMap((person) => {
    const at = positions(person);
    return permissions.flatMap((permission) => {
      const index = at.get(permission.id);
      if (index === undefined) return [];
      const now = byCell.get(`${person.userId}/${permission.id}`);
      return [storedLine(person, permission, index, () => leftBy(now))];
    });
  });
}

/** What an assignment was about; null for an operation of another kind. */
function snapshotOf({ kind, snapshot }: StoredOperation): AssignmentSnapshot | null {
  return kind === 'assign_package' ? AssignmentSnapshot.parse(snapshot) : null;
}

function assignmentLines({ package: pack, permissions }: AssignmentSnapshot, person: StoredChange): OperationLine[] {
  // A founder's membership alone was recorded; a member stayed as they were
  if (person.membership !== 'assigned' && person.membership !== 'reassigned') return [];
  const at = positions(person);
  return permissions.map(({ id, application, name, main, value, param }) => {
    const permission = { id, application, name, main };
    const given = { hasAfter: { value, param, source: `package:${pack.number}` }, note: null };
    const index = at.get(id);
    if (index !== undefined) return storedLine(person, permission, index, () => given);
    const kind = person.membership === 'assigned' ? 'not_granted' : 'disabled_assignment';
    return {
      ...{ person: nameOf(person), permission, decision: 'written', hadBefore: null, ...given },
      before: { kind, divergence: null, packageNumber: null, grantName: null },
    };
  });
}

/** A line about a cell that the operation stored; `written` tells what it left where it wrote. */
function storedLine(
  person: StoredChange,
  permission: NamedPermission,
  index: number,
  written: () => Pick<OperationLine, 'hasAfter' | 'note'>,
): OperationLine {
  const row = rowBefore(person, index);
  const { profile = null, rule = null } = person.grants?.[permission.id] ?? {};
  const hadBefore = effectiveAccess({ ...{ row, profile, rule, ...NO_FOUNDER }, sourceState: 'active' });
  const line = { person: nameOf(person), permission, before: statusBefore(person, index, row, { profile, rule }) };
  if (!person.written[index]) return { ...line, decision: 'kept', hadBefore, hasAfter: hadBefore, note: null };
  return { ...line, decision: 'written', hadBefore, ...written() };
}

/** Nothing is ever written for a founder, so none is among the cells of an operation. */
const NO_FOUNDER = { founder: false, full: { value: '', param: '' } };

function rowBefore(person: StoredChange, index: number): AuthorizationRow | null {
  const value = person.heldValues[index] ?? null;
  if (value === null) return null;
  const held = { value, param: person.heldParams[index] ?? '', packageNumber: person.heldPackages[index] ?? null };
  const reason = person.heldReasons[index] ?? null;
  if (reason === null) return { active: true, ...held };
  return { active: false, ...held, reason: reason === 'unassignment' || reason === 'removal' ? reason : 'manual' };
}

function statusBefore(
  person: StoredChange,
  index: number,
  row: AuthorizationRow | null,
  { profile, rule }: { profile: Grant | null; rule: Grant | null },
): OperationLine['before'] {
  const code = person.codes[index] ?? null;
  if (code === null) return null;
  // Statuses are stored of live permissions only
  const { kind, divergence } = statusOfCode(code, true);
  const grantName = (kind === 'profile' ? profile : rule)?.name ?? null;
  return { kind, divergence, packageNumber: row?.packageNumber ?? null, grantName };
}

function leftBy(row: WrittenRow | undefined): Pick<OperationLine, 'hasAfter' | 'note'> {
  if (!row) return { hasAfter: null, note: 'changedSince' };
  if (!row.active) return { hasAfter: null, note: 'inactive' };
  const source = row.packageNumber === null ? 'manual' : `package:${row.packageNumber}`;
  return { hasAfter: { value: row.value, param: row.param, source }, note: null };
}

function positions({ permissionIds }: StoredChange): Map<number, number> {
  return new Map(permissionIds.map((id, index) => [id, index]));
}

function nameOf({ userCode, userName }: StoredChange): OperationLine['person'] {
  return { code: userCode, name: userName };
}
