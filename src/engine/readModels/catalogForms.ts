import { applicationHash, permissionHash, structureHash } from '../core/catalogEntry.ts';
import { type CatalogUses, totalUses } from '../core/catalogUses.ts';
import type { Actor } from '../core/metaPermissions.ts';
import {
  type ApplicationCreation,
  type ApplicationEdit,
  checkApplicationEdit,
  checkNewApplication,
} from '../operations/catalogApplications.ts';
import {
  checkNewPermission,
  checkPermissionEdit,
  type PermissionCreation,
  type PermissionEdit,
} from '../operations/catalogPermissions.ts';
import {
  checkNewStructure,
  checkStructureEdit,
  type StructureCreation,
  type StructureEdit,
} from '../operations/catalogStructures.ts';
import { findMain, getApplication, getPermission, getStructure } from '../operations/loadCatalog.ts';
import { type EntryRef, findUses, getEntry, type RetirableEntry } from '../operations/retirement.ts';
import type { EngineContext } from '../operations/runOperation.ts';
import { requireMay } from './requireMay.ts';
import type { Application, CatalogPermission } from './search.ts';

export type { EntryRef, RetirableEntry };

/** An application as a form about it begins, with the hash of that. Needs `manage_catalog`. */
export async function applicationForm(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  applicationId: number,
): Promise<{ application: Application; shown: string }> {
  requireMay(actor, 'manage_catalog');
  const application = await getApplication(prisma, actor.organizationId, applicationId);
  return { application, shown: applicationHash(application) };
}

/** A permission as a form about it begins; `main` has the mark now. */
export interface PermissionForm {
  application: Application;
  permission: CatalogPermission | null;
  main: { id: number; name: string } | null;
  /** Profiles and rules that give it: where the order of the levels decides. */
  given: number;
  shown: string;
}

/** What a form about a permission, or for a new one of an application, shows. Needs `manage_catalog`. */
export async function permissionForm(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  wanted: { permissionId: number } | { applicationId: number },
): Promise<PermissionForm> {
  requireMay(actor, 'manage_catalog');
  const { organizationId } = actor;
  const permission = 'permissionId' in wanted ? await getPermission(prisma, organizationId, wanted.permissionId) : null;
  const applicationId = 'applicationId' in wanted ? wanted.applicationId : (permission?.applicationId ?? 0);
  const application = await getApplication(prisma, organizationId, applicationId);
  const main = await findMain(prisma, organizationId, applicationId);
  const where = { organizationId, permissionId: permission?.id ?? 0 };
  const given = (await prisma.profilePermission.count({ where })) + (await prisma.rule.count({ where }));
  return { application, permission, main, given, shown: permissionHash(permission, main?.id ?? null) };
}

/** A structure as people name it. */
export interface NamedStructure {
  id: number;
  code: string;
  name: string;
}

/** A structure as a form about it begins, and what it hangs below. Needs `manage_catalog`. */
export async function structureForm(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  structureId: number,
): Promise<{ structure: NamedStructure & { retired: boolean }; parent: NamedStructure | null; shown: string }> {
  requireMay(actor, 'manage_catalog');
  const structure = await getStructure(prisma, actor.organizationId, structureId);
  const { parentId } = structure;
  const parent = parentId === null ? null : await getStructure(prisma, actor.organizationId, parentId);
  return { structure, parent, shown: structureHash(structure) };
}

/** What somebody is about to save. */
export type CatalogChange =
  | ({ kind: 'new_application' } & ApplicationCreation)
  | ({ kind: 'application' } & ApplicationEdit)
  | ({ kind: 'new_permission' } & PermissionCreation)
  | ({ kind: 'permission' } & PermissionEdit)
  | ({ kind: 'new_structure' } & StructureCreation)
  | ({ kind: 'structure' } & StructureEdit);

/**
 * Refuses at once what the operation would refuse, so that a form can say it. Needs `manage_catalog`.
 * @throws what it refuses.
 */
export async function checkChange(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  change: CatalogChange,
): Promise<void> {
  requireMay(actor, 'manage_catalog');
  const { organizationId } = actor;
  switch (change.kind) {
    case 'new_application':
      return checkNewApplication(prisma, organizationId, change);
    case 'application':
      return void (await checkApplicationEdit(prisma, organizationId, change));
    case 'new_permission':
      return void (await checkNewPermission(prisma, organizationId, change));
    case 'permission':
      return void (await checkPermissionEdit(prisma, organizationId, change));
    case 'new_structure':
      return void (await checkNewStructure(prisma, organizationId, change));
    case 'structure':
      return void (await checkStructureEdit(prisma, organizationId, change));
    default:
      return change satisfies never;
  }
}

/** An entry that somebody is about to retire or bring back, and what uses it. */
export interface RetirementPreview {
  entry: RetirableEntry;
  /** What stands in the way of retiring it; nothing of what is retired already. */
  uses: CatalogUses;
  blocked: boolean;
}

/** What retiring an entry, or bringing it back, meets. Needs `manage_catalog`. @throws what `getEntry` refuses. */
export async function previewRetirement(
  { database: { prisma } }: EngineContext,
  actor: Actor,
  ref: EntryRef,
): Promise<RetirementPreview> {
  requireMay(actor, 'manage_catalog');
  const entry = await getEntry(prisma, actor.organizationId, ref);
  const uses = entry.retired ? { counts: {}, named: [] } : await findUses(prisma, actor.organizationId, entry);
  return { entry, uses, blocked: totalUses(uses) > 0 };
}
