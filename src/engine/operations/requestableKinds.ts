import { z } from 'zod';
import type { AccessScope } from '../../persistence/accessDifference.ts';
import type { Json } from '../core/canonicalJson.ts';
import { addPermission } from './addPermission.ts';
import { BACKGROUND_KINDS, type ReadCommand, readerOf } from './backgroundKinds.ts';
import { changeEnd } from './changeEnd.ts';
import { changePermission } from './changePermission.ts';
import { grantPermission } from './grantPermission.ts';
import { editPackage, setPackageState } from './packageDetails.ts';
import type { Command, EngineContext, OperationDone } from './runOperation.ts';

/** Whom a request is about, and what of their access it may change. */
export interface RequestScope {
  audience: AccessScope['audiences'][number];
  /** One permission, all of a package, or those of an earlier operation. */
  permissions: { permissionId: number } | { packageNumber: number } | { operationId: number };
}

/** An operation that can be asked for: its command as it is stored, the operation itself, and what it is about. */
interface Kind<Stored extends object, Outcome extends Json> {
  /** The command without actor and key; what comes back is parsed, because an older version may have written it. */
  command: z.ZodType<Stored>;
  run: (context: EngineContext, command: Stored & Command) => Promise<OperationDone<Outcome>>;
  scope: (command: Stored) => RequestScope;
}

/** A stored command, read, with what it is about. */
export interface RequestedCommand extends ReadCommand {
  scope: RequestScope;
}

function kind<Stored extends object, Outcome extends Json>(of: Kind<Stored, Outcome>) {
  const read = readerOf(of);
  return {
    ...of,
    read: (stored: unknown) => {
      const { command, run } = read(stored);
      return { command, run, scope: of.scope(command) };
    },
  };
}

const id = z.number().int();
const ofPackage = ({ number }: { number: number }): RequestScope => ({
  audience: { packageNumber: number },
  permissions: { packageNumber: number },
});
const ofPeople = ({ number, userIds }: { number: number; userIds: readonly number[] }): RequestScope => ({
  audience: { userIds },
  permissions: { packageNumber: number },
});
const ofPermission = ({ number, permissionId }: { number: number; permissionId: number }): RequestScope => ({
  audience: { packageNumber: number },
  permissions: { permissionId },
});
const Wanted = z.object({
  number: id,
  permissionId: id,
  value: z.string(),
  structures: z.array(z.string()).readonly(),
});
const Change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('set'), value: z.string(), structures: z.array(z.string()).readonly() }),
  z.object({ kind: z.enum(['disable', 'enable']) }),
]);
const Details = z.object({ name: z.string(), description: z.string(), structures: z.array(z.string()).readonly() });
const State = z.object({ number: id, state: z.enum(['active', 'disabled']) });

/** Every operation that can be asked for, by its kind. */
export const REQUESTABLE_KINDS = {
  assign_package: kind({ ...BACKGROUND_KINDS.assign_package, scope: ofPeople }),
  unassign_package: kind({ ...BACKGROUND_KINDS.unassign_package, scope: ofPeople }),
  sync_package: kind({
    ...BACKGROUND_KINDS.sync_package,
    scope: ({ number, permissionId, userId }) => ({
      audience: userId === null ? { packageNumber: number } : { userIds: [userId] },
      permissions: permissionId === null ? { packageNumber: number } : { permissionId },
    }),
  }),
  remove_permission: kind({ ...BACKGROUND_KINDS.remove_permission, scope: ofPermission }),
  undo: kind({
    ...BACKGROUND_KINDS.undo,
    scope: ({ operationId }) => ({ audience: { operationId }, permissions: { operationId } }),
  }),
  change_end: kind({
    command: z.object({ number: id, userId: id, until: z.iso.date().nullable(), shown: z.string().nullable() }),
    run: changeEnd,
    scope: ({ number, userId }) => ({ audience: { userIds: [userId] }, permissions: { packageNumber: number } }),
  }),
  grant_permission: kind({
    command: z.object({ userId: id, permissionId: id, change: Change, planHash: z.string() }),
    run: grantPermission,
    scope: ({ userId, permissionId }) => ({ audience: { userIds: [userId] }, permissions: { permissionId } }),
  }),
  add_permission: kind({ command: Wanted, run: addPermission, scope: ofPermission }),
  change_permission: kind({ command: Wanted, run: changePermission, scope: ofPermission }),
  edit_package: kind({
    command: z.object({ number: id, details: Details }),
    run: editPackage,
    scope: ofPackage,
  }),
  enable_package: kind({ command: State, run: setPackageState, scope: ofPackage }),
  disable_package: kind({ command: State, run: setPackageState, scope: ofPackage }),
};

export type RequestableKind = keyof typeof REQUESTABLE_KINDS;

/** The command of a kind, without actor and key. */
export type RequestableCommand<K extends RequestableKind> = z.output<(typeof REQUESTABLE_KINDS)[K]['command']>;

/** Whether operations of a kind can be asked for. */
export function isRequestable(name: string): name is RequestableKind {
  return Object.hasOwn(REQUESTABLE_KINDS, name);
}

/**
 * Reads what was stored under a kind, to rehearse it and to run it.
 * @throws where this version knows none of that name, or not such a command.
 */
export function readRequestedCommand(name: string, stored: unknown): RequestedCommand {
  if (!isRequestable(name)) throw new Error(`No operation of the kind ${name} can be asked for`);
  return REQUESTABLE_KINDS[name].read(stored);
}
