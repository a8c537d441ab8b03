import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { SYNC_CONTROLS } from '../../src/engine/core/cellChoices.ts';
import type { Actor } from '../../src/engine/core/metaPermissions.ts';
import { STATUS_TABLE } from '../../src/engine/core/statusTable.ts';
import { EngineError } from '../../src/engine/errors.ts';
import { addPermission } from '../../src/engine/operations/addPermission.ts';
import { assignPackage } from '../../src/engine/operations/assignPackage.ts';
import { changePermission } from '../../src/engine/operations/changePermission.ts';
import { changeSource, previewSource } from '../../src/engine/operations/changeSource.ts';
import { grantPermission } from '../../src/engine/operations/grantPermission.ts';
import { setPackageState } from '../../src/engine/operations/packageDetails.ts';
import { planGrant } from '../../src/engine/operations/planGrant.ts';
import { removePermission } from '../../src/engine/operations/removePermission.ts';
import type { OperationDone } from '../../src/engine/operations/runOperation.ts';
import { syncPackage } from '../../src/engine/operations/syncPackage.ts';
import { unassignPackage } from '../../src/engine/operations/unassignPackage.ts';
import { undoOperation } from '../../src/engine/operations/undoOperation.ts';
import { previewUndo } from '../../src/engine/readModels/undo.ts';
import { countPreflight } from '../../src/persistence/assignCells.ts';
import { countRemoval } from '../../src/persistence/removeCells.ts';
import { selectStatuses } from '../../src/persistence/statuses.ts';
import { planSync } from '../../src/persistence/syncCells.ts';
import { countUnassignment } from '../../src/persistence/unassignCells.ts';
import { countUnassignmentOptions } from '../../src/persistence/unassignOptions.ts';
import { findActor } from '../../src/persistence/users.ts';
import type { TestDatabase } from './database.ts';
import { drawn, FOUNDER, LEVELS, levelOf, NUMBERS, PEOPLE, paramOf, type Step } from './operationSteps.ts';
import * as model from './operationsModel.ts';
import { createOrganization, type TestOrganization } from './organization.ts';
import { PERMISSIONS } from './world.ts';

const DAY = 24 * 3_600_000;

/** The same organization twice: in PostgreSQL, and in the model. */
export class Twin {
  readonly test: TestDatabase;
  readonly organization: TestOrganization;
  readonly users: number[];
  readonly model: model.Model;
  /** Operation ids by step. */
  private readonly done = new Map<number, number>();

  constructor(test: TestDatabase, organization: TestOrganization, users: number[], twin: model.Model) {
    this.test = test;
    this.organization = organization;
    this.users = users;
    this.model = twin;
  }

  private get prisma() {
    return this.test.database.prisma;
  }

  private idOf(permission: number): number {
    return this.organization.permissions[PERMISSIONS[permission] ?? PERMISSIONS[0]];
  }

  private get base() {
    return { actor: this.organization.admin, key: randomUUID() };
  }

  /** Does a step on both sides; they must agree whether it is refused. */
  async take(one: Step, by: number): Promise<void> {
    const expected = this.inModel(one, by);
    const operationId = await this.inProgram(one, by).catch((error: unknown) => {
      if (error instanceof EngineError) return error;
      throw error;
    });
    const refusal = operationId instanceof EngineError ? operationId.code : null;
    expect({ one, refused: refusal !== null, refusal }).toEqual({ one, refused: !expected, refusal });
    if (typeof operationId === 'number') this.done.set(by, operationId);
  }

  private stepBack(by: number, back: number): number {
    const steps = [...this.done.keys()].filter((each) => each < by);
    return steps[steps.length - 1 - back] ?? -1;
  }

  private inModel(one: Step, by: number): boolean {
    const twin = this.model;
    switch (one.kind) {
      case 'assign':
        return model.assign(twin, by, one.number, one.people, (person, cell) => drawn(one.seed, person, cell));
      case 'unassign':
        return model.unassign(twin, by, one.number, one.people, one);
      case 'sync': {
        const rows = SYNC_CONTROLS[one.control].map((kind) => STATUS_TABLE[kind].row);
        return model.sync(twin, by, one.number, one, rows);
      }
      case 'remove':
        return model.removePermission(twin, by, one.number, one.permission, (person) => !drawn(one.seed, person, 0));
      case 'define':
        return model.definePermission(twin, by, one.number, one.permission, {
          ...{ value: levelOf(one.permission, one.level), param: paramOf(one.permission, one.wide), readd: one.readd },
        });
      case 'state':
        return model.setState(twin, by, one.number, one.state);
      case 'grant': {
        const value = levelOf(one.permission, one.level);
        const change =
          one.change === 'set'
            ? { kind: one.change, value, param: paramOf(one.permission, one.wide) }
            : { kind: one.change };
        return model.grant(twin, by, one.person, one.permission, change, levelOf(one.permission, 0));
      }
      case 'profile':
        return model.setReader(twin, one.person, one.has);
      case 'undo':
        return model.undo(twin, by, this.stepBack(by, one.back));
      default:
        return one satisfies never;
    }
  }

  private async administrator(): Promise<Actor> {
    const actor = await findActor(this.prisma, this.organization.id, this.organization.admin);
    if (!actor) throw new Error('There is no administrator');
    return actor;
  }

  private async inProgram(one: Step, by: number): Promise<number> {
    return (await this.operate(one, by)).operationId;
  }

  private async operate(one: Step, by: number): Promise<OperationDone<unknown>> {
    const { context, id: organizationId } = this.organization;
    switch (one.kind) {
      case 'assign': {
        const userIds = one.people.map((person) => this.users[person] ?? 0);
        const target = { organizationId, packageNumber: one.number, userIds };
        const { hash } = await countPreflight(this.prisma, target);
        const exceptions = one.people.flatMap((person) =>
          PERMISSIONS.flatMap((_, cell) =>
            drawn(one.seed, person, cell) ? [{ userId: this.users[person] ?? 0, permissionId: this.idOf(cell) }] : [],
          ),
        );
        const choices = { keepPackage: false, exceptions };
        return assignPackage(context, { ...this.base, number: one.number, userIds, choices, planHash: hash });
      }
      case 'unassign': {
        const userIds = one.people.map((person) => this.users[person] ?? 0);
        const target = { organizationId, packageNumber: one.number, userIds };
        const { hash: planHash } = await countUnassignment(this.prisma, target);
        const { hash } = await countUnassignmentOptions(this.prisma, target);
        const { restore, handOver, number } = one;
        const options = { restore, handOver, hash };
        return unassignPackage(context, { ...this.base, number, userIds, planHash, options });
      }
      case 'sync': {
        const choices = { kinds: SYNC_CONTROLS[one.control], text: '', exceptions: [] };
        const about = {
          permissionId: one.permission === null ? null : this.idOf(one.permission),
          userId: one.person === null ? null : (this.users[one.person] ?? 0),
        };
        const scope = { organizationId, packageNumber: one.number, ...about };
        const { hash } = await planSync(this.prisma, scope, choices);
        return syncPackage(context, { ...this.base, number: one.number, ...about, choices, planHash: hash });
      }
      case 'remove': {
        const permissionId = this.idOf(one.permission);
        const exceptions = this.users.flatMap((userId, person) =>
          drawn(one.seed, person, 0) ? [{ userId, permissionId, chosen: false }] : [],
        );
        const choices = { kinds: ['active'] as const, text: '', exceptions };
        const scope = { organizationId, packageNumber: one.number, permissionId };
        const { hash } = await countRemoval(this.prisma, scope, choices);
        return removePermission(context, { ...this.base, number: one.number, permissionId, choices, planHash: hash });
      }
      case 'define': {
        const structures = paramOf(one.permission, one.wide).split(',').filter(Boolean);
        const value = levelOf(one.permission, one.level);
        const command = {
          ...this.base,
          number: one.number,
          permissionId: this.idOf(one.permission),
          value,
          structures,
        };
        return one.readd ? addPermission(context, command) : changePermission(context, command);
      }
      case 'state':
        return setPackageState(context, { ...this.base, number: one.number, state: one.state });
      case 'grant': {
        const structures = paramOf(one.permission, one.wide).split(',').filter(Boolean);
        const value = levelOf(one.permission, one.level);
        const change = one.change === 'set' ? { kind: one.change, value, structures } : ({ kind: one.change } as const);
        const wanted = { userId: this.users[one.person] ?? 0, permissionId: this.idOf(one.permission), change };
        const { plan } = await planGrant(this.prisma, organizationId, wanted);
        return grantPermission(context, { ...this.base, ...wanted, planHash: plan.hash });
      }
      case 'profile': {
        const { id: profileId } = await this.prisma.profile.findFirstOrThrow({ where: { organizationId } });
        const userIds = [this.users[one.person] ?? 0];
        const change = {
          kind: one.has ? ('assign_profile' as const) : ('unassign_profile' as const),
          profileId,
          userIds,
        };
        const actor = await this.administrator();
        const { planHash } = await previewSource(context, actor, change, { offset: 0, limit: 1 });
        return changeSource(context, { ...this.base, change, planHash });
      }
      case 'undo': {
        const operationId = this.done.get(this.stepBack(by, one.back)) ?? 0;
        const { planHash } = await previewUndo(context, await this.administrator(), operationId, DAY);
        return undoOperation(context, { ...this.base, operationId, planHash, limitMs: DAY });
      }
      default:
        return one satisfies never;
    }
  }

  /** Rows, memberships, packages, statuses and effective access, as the program has them. */
  async stored() {
    const where = { organizationId: this.organization.id };
    const person = (userId: number) => this.users.indexOf(userId);
    const ids = PERMISSIONS.map((_, permission) => this.idOf(permission));
    const rows = await this.prisma.appAuth.findMany({ where });
    const members = await this.prisma.assignment.findMany({ where });
    const wanted = await this.prisma.packagePermission.findMany({ where });
    const statuses = [];
    for (const number of NUMBERS) {
      for (const { userId, permissionId, kind } of await selectStatuses(this.prisma, where.organizationId, number)) {
        statuses.push(`${number}/${person(userId)}/${ids.indexOf(permissionId)} ${kind}`);
      }
    }
    const granted = await this.prisma.$queryRaw<{ user_id: number; permission_id: number; said: string }[]>`
      SELECT user_id, permission_id, concat_ws('|', value, param, source) AS said
      FROM effective_grants WHERE organization_id = ${where.organizationId}::int`;
    return {
      rows: rows
        .map((row) => {
          const said = [row.value, row.param, row.active, row.reason, row.packageNumber].join('|');
          return `${person(row.userId)}/${ids.indexOf(row.permissionId)} ${said}`;
        })
        .sort(),
      members: members.map(({ userId, packageNumber, state }) => `${packageNumber}/${person(userId)} ${state}`).sort(),
      wanted: wanted
        .map(
          (each) => `${each.packageNumber}/${ids.indexOf(each.permissionId)} ${each.value} ${each.param} ${each.live}`,
        )
        .sort(),
      statuses: statuses.sort(),
      access: granted
        .filter(({ user_id, permission_id }) => person(user_id) >= 0 && ids.includes(permission_id))
        .map((each) => `${person(each.user_id)}/${ids.indexOf(each.permission_id)} ${each.said}`)
        .sort(),
    };
  }

  /** What a person can do, as the model has it. */
  access(person: number, permission: number): string | null {
    const full = { value: LEVELS[permission]?.at(-1) ?? '', param: permission === 2 ? '' : '*' };
    return model.access(this.model, person, permission, full);
  }

  /** The same, as the model has it. */
  expected(): Awaited<ReturnType<Twin['stored']>> {
    const { rows, members, packages } = this.model;
    const kindOf = (number: number, person: number, permission: number) => {
      const row = model.statusRow(this.model, number, person, permission);
      const live = packages.get(number)?.permissions.get(permission)?.live ?? true;
      if (row === 9 && !live) return 'archived';
      return Object.entries(STATUS_TABLE).find(([, each]) => each.row === row)?.[0] ?? '?';
    };
    const cells = [...members.keys()].flatMap((key) => {
      const [number = 0, person = 0] = key.split('/').map(Number);
      return PERMISSIONS.map(
        (_, permission) => `${number}/${person}/${permission} ${kindOf(number, person, permission)}`,
      );
    });
    return {
      rows: [...rows].map(([key, r]) => `${key} ${[r.value, r.param, r.active, r.reason, r.source].join('|')}`).sort(),
      members: [...members].map(([key, { state }]) => `${key} ${state}`).sort(),
      wanted: [...packages]
        .flatMap(([number, { permissions }]) =>
          [...permissions].map(([cell, { value, param, live }]) => `${number}/${cell} ${value} ${param} ${live}`),
        )
        .sort(),
      statuses: cells.sort(),
      access: this.users
        .flatMap((_, person) =>
          PERMISSIONS.flatMap((__, permission) => {
            const said = this.access(person, permission);
            // An empty parameter is no part of the joined text in SQL either
            return said === null ? [] : [`${person}/${permission} ${said}`];
          }),
        )
        .sort(),
    };
  }
}

/** An organization with three packages, four people and a founder; some have profiles and rules. */
export async function makeTwin(test: TestDatabase): Promise<Twin> {
  const organization = await createOrganization(test.database);
  const users = [...(await organization.addUsers(...PEOPLE)), await organization.addFounder('M9')];
  const wanted = [
    ['view', 'REG'],
    ['enter', 'REG'],
    ['granted', ''],
  ] as const;
  const packages: model.Model['packages'] = new Map();
  for (const number of NUMBERS) {
    const permissions = wanted.map(([value, param]) => ({
      value: value as string,
      param: param as string,
      live: true,
    }));
    if (number === 2) permissions[0] = { value: 'edit', param: '*', live: true };
    await organization.addPackage(number, {
      ...Object.fromEntries(permissions.map(({ value, param }, index) => [PERMISSIONS[index], [value, param]])),
    });
    packages.set(number, { state: 'active', permissions: new Map(permissions.entries()) });
  }
  await organization.addProfile('Reader', PERMISSIONS[0], 'view', users[0] ?? 0);
  await organization.addRule('Rota', PERMISSIONS[1], 'view', users[0] ?? 0, users[1] ?? 0);
  const readers = new Set([0]);
  return new Twin(test, organization, users, {
    ...{
      people: users.map((_, person) => ({ founder: person === FOUNDER })),
      permissions: PERMISSIONS.length,
      packages,
    },
    ...{ rows: new Map(), members: new Map(), steps: new Map(), readers },
    profile: (person, permission) =>
      readers.has(person) && permission === 0 ? { name: 'Reader', value: 'view', param: '' } : null,
    rule: (person, permission) => (person < 2 && permission === 1 ? { name: 'Rota', value: 'view', param: '' } : null),
  });
}
