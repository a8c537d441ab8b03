import { z } from 'zod';
import type { Json } from '../core/canonicalJson.ts';
import type { MetaPermission } from '../core/metaPermissions.ts';
import { STATUS_KINDS, type StatusKind } from '../core/statusTable.ts';
import { assignPackage } from './assignPackage.ts';
import { removePermission } from './removePermission.ts';
import type { Command, EngineContext, OperationDone } from './runOperation.ts';
import { syncPackage } from './syncPackage.ts';
import { unassignPackage } from './unassignPackage.ts';
import { undoOperation } from './undoOperation.ts';

/** An operation that a worker can do: what it needs, its command as it is stored, and the operation itself. */
interface Kind<Stored extends object, Outcome extends Json> {
  needs: MetaPermission;
  /** The command without actor and key; what comes back is parsed, because an older version may have written it. */
  command: z.ZodType<Stored>;
  run: (context: EngineContext, command: Stored & Command) => Promise<OperationDone<Outcome>>;
}

/** A command as it was stored, read: what it says, and the operation, done in somebody's name. */
export interface ReadCommand {
  /** Without actor and key. */
  command: object;
  run: (context: EngineContext, by: Command) => Promise<OperationDone<Json>>;
}

/** Reads stored commands of an operation: it gets nothing but what its own schema let through. */
export function readerOf<Stored extends object, Outcome extends Json>({
  command: schema,
  run,
}: Pick<Kind<Stored, Outcome>, 'command' | 'run'>) {
  return (stored: unknown) => {
    const command = schema.parse(stored);
    return { command, run: (context: EngineContext, by: Command) => run(context, { ...command, ...by }) };
  };
}

function kind<Stored extends object, Outcome extends Json>(of: Kind<Stored, Outcome>) {
  return { ...of, read: readerOf(of) };
}

const number = z.number().int();
/** Why a founder does it without the approval that it needs. */
const breakGlass = z.string().optional();
/** Whether it was confirmed a second time that it takes access from many. */
const pastBrake = z.boolean().optional();
const userIds = z.array(z.number().int());
const AfterUnassignment = z.object({ restore: z.boolean(), handOver: z.boolean(), hash: z.string() });
const Choices = z.object({
  kinds: z.array(z.enum(STATUS_KINDS as [StatusKind, ...StatusKind[]])).readonly(),
  text: z.string(),
  exceptions: z.array(z.object({ userId: number, permissionId: number, chosen: z.boolean() })).readonly(),
});

/** Every operation that may run in the background, by the kind under which it is stored. */
export const BACKGROUND_KINDS = {
  assign_package: kind({
    needs: 'assign_packages',
    command: z.object({
      ...{ number, userIds, planHash: z.string(), breakGlass, until: z.iso.date().nullish() },
      choices: z.object({
        keepPackage: z.boolean(),
        exceptions: z.array(z.object({ userId: number, permissionId: number })),
      }),
    }),
    run: assignPackage,
  }),
  unassign_package: kind({
    needs: 'assign_packages',
    command: z.object({
      number,
      userIds,
      planHash: z.string(),
      breakGlass,
      pastBrake,
      options: AfterUnassignment.optional(),
    }),
    run: unassignPackage,
  }),
  sync_package: kind({
    needs: 'sync_packages',
    command: z.object({
      ...{ number, permissionId: number.nullable(), userId: number.nullable(), planHash: z.string() },
      ...{ choices: Choices, breakGlass, pastBrake },
    }),
    run: syncPackage,
  }),
  remove_permission: kind({
    needs: 'define_packages',
    command: z.object({ number, permissionId: number, planHash: z.string(), breakGlass, pastBrake, choices: Choices }),
    run: removePermission,
  }),
  undo: kind({
    // What it really needs depends on what is undone; the operation itself asks for that
    needs: 'view',
    command: z.object({ operationId: number, limitMs: z.number(), planHash: z.string(), breakGlass, pastBrake }),
    run: undoOperation,
  }),
};

export type BackgroundKind = keyof typeof BACKGROUND_KINDS;

/** The command of a kind, without actor and key. */
export type BackgroundCommand<K extends BackgroundKind> = z.output<(typeof BACKGROUND_KINDS)[K]['command']>;

/** What an operation of a kind says that it did. */
export type BackgroundOutcome<K extends BackgroundKind> = Awaited<
  ReturnType<(typeof BACKGROUND_KINDS)[K]['run']>
>['outcome'];

/** Whether operations of a kind may run in the background. */
export function isBackgroundKind(name: string): name is BackgroundKind {
  return Object.hasOwn(BACKGROUND_KINDS, name);
}

/** Reads what was stored under a kind. @throws where this version knows none of that name, or not such a command. */
export function readBackgroundCommand(name: string, stored: unknown): ReadCommand {
  if (!isBackgroundKind(name)) throw new Error(`No operation of the kind ${name} runs in the background`);
  return BACKGROUND_KINDS[name].read(stored);
}
