import type { MetaPermission } from './metaPermissions.ts';

/** What an operation wrote: rows of people, a permission of a package, or the package itself. */
type Undoable = 'cells' | 'removal' | 'permission' | 'details' | 'state' | 'creation';

/**
 * What every operation needs, and how it is undone; null where it cannot be (an undo is undone by doing the thing
 * again). Undoing needs what the operation needed (DOMAIN 7).
 */
export const OPERATION_KINDS = {
  assign_package: { needs: 'assign_packages', undo: 'cells' },
  unassign_package: { needs: 'assign_packages', undo: 'cells' },
  sync_package: { needs: 'sync_packages', undo: 'cells' },
  grant_permission: { needs: 'manage_permissions', undo: 'cells' },
  remove_permission: { needs: 'define_packages', undo: 'removal' },
  add_permission: { needs: 'define_packages', undo: 'permission' },
  change_permission: { needs: 'define_packages', undo: 'permission' },
  create_package: { needs: 'define_packages', undo: 'creation' },
  clone_package: { needs: 'define_packages', undo: 'creation' },
  edit_package: { needs: 'define_packages', undo: 'details' },
  enable_package: { needs: 'define_packages', undo: 'state' },
  disable_package: { needs: 'define_packages', undo: 'state' },
} as const satisfies Record<string, { needs: MetaPermission; undo: Undoable }>;

export type OperationKind = keyof typeof OPERATION_KINDS;

/** The kinds that can be undone. */
export const UNDOABLE_KINDS = Object.keys(OPERATION_KINDS) as OperationKind[];

/** Whether an operation of this kind can be undone at all. */
export function isUndoable(kind: string): kind is OperationKind {
  return kind in OPERATION_KINDS;
}
