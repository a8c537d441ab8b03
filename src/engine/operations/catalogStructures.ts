import type { Queryable } from '../../persistence/database.ts';
import { isAtOrAbove, moveStructure, type PlacedStructure } from '../../persistence/structureTree.ts';
import { structureHash } from '../core/catalogEntry.ts';
import { searchText } from '../core/searchText.ts';
import { EngineError } from '../errors.ts';
import { tellAccessShift } from './accessShift.ts';
import { getStructure, requireEntry, requireUnchanged } from './loadCatalog.ts';
import { runAdministration } from './runAdministration.ts';
import type { Command, EngineContext, OperationDone } from './runOperation.ts';

export interface StructureTerms {
  name: string;
  /** The structure that it hangs below; null at the top. */
  parentId: number | null;
}

export interface StructureCreation {
  code: string;
  terms: StructureTerms;
}

export interface StructureEdit {
  structureId: number;
  terms: StructureTerms;
  /** The `structureHash` of what was looked at. */
  shown: string;
}

/** What the catalogue has against a new structure. @throws as {@link createStructure}. */
export async function checkNewStructure(
  queryable: Queryable,
  organizationId: number,
  { code, terms: { name, parentId } }: StructureCreation,
): Promise<{ parent: string | null }> {
  requireEntry({ key: code, name });
  const taken = await queryable.structure.findUnique({ where: { organizationId_code: { organizationId, code } } });
  if (taken) throw new EngineError('key_taken', { key: code, retired: taken.retiredAt !== null });
  return { parent: await parentOf(queryable, organizationId, parentId) };
}

/** What the catalogue has against an edit. @throws as {@link editStructure}. */
export async function checkStructureEdit(
  queryable: Queryable,
  organizationId: number,
  { structureId: id, terms: { name, parentId }, shown }: StructureEdit,
): Promise<{ found: PlacedStructure; parent: string | null }> {
  requireEntry({ name });
  const found = await getStructure(queryable, organizationId, id);
  if (found.retired) throw new EngineError('structure_retired', { structures: [found.code] });
  requireUnchanged(shown, structureHash(found));
  if (found.name === name && found.parentId === parentId) throw new EngineError('nothing_changed', {});
  const parent = await parentOf(queryable, organizationId, parentId);
  if (parentId !== null && (await isAtOrAbove(queryable, organizationId, id, parentId))) {
    throw new EngineError('structure_cycle', { structure: found.code, parent: parent ?? '' });
  }
  return { found, parent };
}

/**
 * Adds a structure below another, or at the top. Its code is for good: parameters name it. Needs `manage_catalog`.
 * @throws EngineError `key_taken`, `structure_not_found`, `structure_retired`, `invalid_entry`.
 */
export function createStructure(
  context: EngineContext,
  command: Command & StructureCreation,
): Promise<OperationDone<{ structureId: number }>> {
  const { organizationId } = command.actor;
  const { code, terms } = command;
  const { name, parentId } = terms;
  return runAdministration(
    context,
    { kind: 'create_structure', needs: 'manage_catalog', command },
    async (transaction) => {
      const { parent } = await checkNewStructure(transaction, organizationId, command);
      const data = { organizationId, code, name, path: [], searchText: searchText(code, name) };
      const { id } = await transaction.structure.create({ data });
      // Its path ends with its own id, which it has only now
      await transaction.structure.update({
        where: { organizationId_id: { organizationId, id } },
        data: { path: [id] },
      });
      if (parentId !== null) await moveStructure(transaction, organizationId, id, parentId);
      return {
        subject: { structure: code },
        before: null,
        after: { code, name, parent },
        outcome: { structureId: id },
      };
    },
  );
}

/**
 * Renames a structure, or moves it with everything below it. Rules for a structure reach everything below: who has
 * other access in the new place is told. Needs `manage_catalog`.
 * @throws EngineError `structure_not_found`, `structure_retired`, `structure_cycle`, `plan_changed`, `nothing_changed`,
 *   `invalid_entry`.
 */
export function editStructure(
  context: EngineContext,
  command: Command & StructureEdit,
): Promise<OperationDone<{ told: number }>> {
  const { organizationId } = command.actor;
  const { structureId: id, terms } = command;
  const { name, parentId } = terms;
  return runAdministration(
    context,
    { kind: 'edit_structure', needs: 'manage_catalog', command },
    async (transaction, operation) => {
      const { found, parent } = await checkStructureEdit(transaction, organizationId, command);
      const before = await parentOf(transaction, organizationId, found.parentId, 'any');
      await transaction.structure.update({
        where: { organizationId_id: { organizationId, id } },
        data: { name, searchText: searchText(found.code, name) },
      });
      const move = () => moveStructure(transaction, organizationId, id, parentId);
      const told =
        found.parentId !== parentId ? await tellAccessShift(transaction, operation, { structureId: id }, move) : 0;
      return {
        subject: { structure: found.code },
        before: { name: found.name, parent: before },
        after: { name, parent },
        outcome: { told },
      };
    },
  );
}

/** The code of a structure to hang something below; null at the top. */
async function parentOf(
  queryable: Queryable,
  organizationId: number,
  parentId: number | null,
  which: 'offered' | 'any' = 'offered',
): Promise<string | null> {
  if (parentId === null) return null;
  const { code, retired } = await getStructure(queryable, organizationId, parentId);
  if (retired && which === 'offered') throw new EngineError('structure_retired', { structures: [code] });
  return code;
}
