/**
 * What every operation does, worked out a second time from the words of DOMAIN 2 to 4: a small, slow model in memory, that
 * shares nothing with the program. A row is a value that is never changed, only replaced, so that "as it was before" is the
 * very object.
 */

export interface ModelRow {
  value: string;
  param: string;
  active: boolean;
  reason: 'manual' | 'unassignment' | 'removal' | null;
  source: number | null;
  /** The step that wrote it; -1 where it was there from the beginning. */
  by: number;
  /** What the owning package replaced. */
  replaced: ModelRow | null;
}

interface Membership {
  state: 'active' | 'former';
  by: number;
}

interface PackagePermission {
  value: string;
  param: string;
  live: boolean;
}

export interface ModelGrant {
  name: string;
  value: string;
  param: string;
}

/** The whole organization: people and permissions are numbered from 0, packages from 1. */
export interface Model {
  people: { founder: boolean }[];
  permissions: number;
  packages: Map<number, { state: 'active' | 'disabled'; permissions: Map<number, PackagePermission> }>;
  rows: Map<string, ModelRow>;
  members: Map<string, Membership>;
  /** Whoever has the profile, whose name is `readers`. */
  readers: Set<number>;
  profile: (person: number, permission: number) => ModelGrant | null;
  rule: (person: number, permission: number) => ModelGrant | null;
  /** What every step that could be undone overwrote. */
  steps: Map<number, Step>;
}

interface Step {
  kind: string;
  number: number | null;
  rows: Map<string, ModelRow | null>;
  members: Map<string, Membership | null>;
  /** Undoes what was done to the package; false where it has changed since. */
  undoPackage: (model: Model) => boolean;
}

export const cellKey = (person: number, permission: number) => `${person}/${permission}`;
export const memberKey = (number: number, person: number) => `${number}/${person}`;

function begin(model: Model, step: number, kind: string, number: number | null): Step {
  const begun: Step = { kind, number, rows: new Map(), members: new Map(), undoPackage: () => false };
  model.steps.set(step, begun);
  return begun;
}

function write(model: Model, step: Step, key: string, row: ModelRow): void {
  if (!step.rows.has(key)) step.rows.set(key, model.rows.get(key) ?? null);
  model.rows.set(key, row);
}

function setMember(model: Model, step: Step, key: string, member: Membership): void {
  step.members.set(key, model.members.get(key) ?? null);
  model.members.set(key, member);
}

const stateOf = (model: Model, number: number, person: number) =>
  model.members.get(memberKey(number, person))?.state ?? null;

/** The status of DOMAIN 3 by the row of its table; 9 and 12 may both be called Archived. */
export function statusRow(model: Model, number: number, person: number, permission: number): number {
  const pack = model.packages.get(number);
  const wanted = pack?.permissions.get(permission);
  const row = model.rows.get(cellKey(person, permission));
  if (!wanted) return 0;
  const same = row?.value === wanted.value && row.param === wanted.param;
  if (model.people[person]?.founder) return 1;
  if (row?.active && row.source !== null && row.source !== number) return 2;
  if (row?.active && row.source === number) return !wanted.live ? 3 : same ? 4 : 5;
  if (row?.active) return !wanted.live ? 6 : same ? 7 : 8;
  if (row?.reason === 'manual') return 9;
  if (model.profile(person, permission)) return 10;
  if (model.rule(person, permission)) return 11;
  if (row && !wanted.live) return 12;
  return stateOf(model, number, person) === 'former' ? 13 : 14;
}

/** DOMAIN 2: what a person can do, as `value|param|source`; null for nothing. */
export function access(model: Model, person: number, permission: number, full: { value: string; param: string }) {
  if (model.people[person]?.founder) return `${full.value}|${full.param}|founder`;
  const row = model.rows.get(cellKey(person, permission));
  if (row?.active && (row.source === null || model.packages.get(row.source)?.state === 'active')) {
    return `${row.value}|${row.param}|${row.source === null ? 'manual' : `package:${row.source}`}`;
  }
  if (row && !row.active && row.reason === 'manual') return null;
  const profile = model.profile(person, permission);
  if (profile) return `${profile.value}|${profile.param}|profile:${profile.name}`;
  const rule = model.rule(person, permission);
  return rule ? `${rule.value}|${rule.param}|rule:${rule.name}` : null;
}

/** What the package's row becomes, and what it remembers of the one before. */
function owned(before: ModelRow | undefined, number: number, wanted: PackagePermission, by: number): ModelRow {
  const waiting = !before || before.reason === 'unassignment' || before.reason === 'removal';
  const keeps = before?.active && before.source === number;
  const replaced = waiting ? null : keeps ? before.replaced : before;
  return { value: wanted.value, param: wanted.param, active: true, reason: null, source: number, by, replaced };
}

/** Assigns; `keepsPackage` decides each conflict. @returns false where it is refused. */
export function assign(
  model: Model,
  by: number,
  number: number,
  people: readonly number[],
  keepsPackage: (person: number, permission: number) => boolean,
): boolean {
  const pack = model.packages.get(number);
  if (!pack || pack.state === 'disabled' || people.length === 0) return false;
  const step = begin(model, by, 'assign', number);
  for (const person of people) {
    if (stateOf(model, number, person) === 'active') continue;
    if (!model.people[person]?.founder) {
      for (const [permission, wanted] of pack.permissions) {
        if (!wanted.live) continue;
        const status = statusRow(model, number, person, permission);
        const conflict = [2, 7, 8, 9, 10, 11].includes(status);
        const writes = [5, 13, 14].includes(status) || (conflict && keepsPackage(person, permission));
        const key = cellKey(person, permission);
        if (writes) write(model, step, key, owned(model.rows.get(key), number, wanted, by));
      }
    }
    setMember(model, step, memberKey(number, person), { state: 'active', by });
  }
  return true;
}

/** Ends assignments; what is taken away may come back as it was, or go to another package. */
export function unassign(
  model: Model,
  by: number,
  number: number,
  people: readonly number[],
  { restore, handOver }: { restore: boolean; handOver: boolean },
): boolean {
  const step = begin(model, by, 'unassign', number);
  const leaving = people.filter((person) => stateOf(model, number, person) === 'active');
  for (const person of leaving) setMember(model, step, memberKey(number, person), { state: 'former', by });
  for (const person of leaving) {
    for (let permission = 0; permission < model.permissions; permission++) {
      const key = cellKey(person, permission);
      const row = model.rows.get(key);
      if (!row?.active || row.source !== number || model.people[person]?.founder) continue;
      const heir = [...model.packages]
        .sort(([a], [b]) => a - b)
        .find(
          ([other, { state, permissions }]) =>
            other !== number &&
            state === 'active' &&
            permissions.get(permission)?.live &&
            stateOf(model, other, person) === 'active',
        );
      const defined = model.packages.get(number)?.permissions.has(permission);
      const earlier = row.replaced;
      const stands =
        earlier?.source === null ||
        (earlier &&
          model.packages.get(earlier.source)?.state === 'active' &&
          stateOf(model, earlier.source, person) === 'active');
      const wanted = heir?.[1].permissions.get(permission);
      if (restore && earlier && stands) write(model, step, key, { ...earlier, by });
      else if (handOver && heir && wanted && defined) {
        const { value, param } = wanted;
        write(model, step, key, { value, param, active: true, reason: null, source: heir[0], by, replaced: null });
      } else write(model, step, key, { ...row, active: false, reason: 'unassignment', by });
    }
  }
  return true;
}

/** Syncs the cells of some statuses, of one permission or all, of one person or all. */
export function sync(
  model: Model,
  by: number,
  number: number,
  about: { permission: number | null; person: number | null },
  statuses: readonly number[],
): boolean {
  const pack = model.packages.get(number);
  if (!pack || pack.state === 'disabled') return false;
  if (about.permission !== null && !pack.permissions.get(about.permission)?.live) return false;
  const chosen = model.people.flatMap((_, person) => {
    if (stateOf(model, number, person) !== 'active' || (about.person !== null && about.person !== person)) return [];
    return [...pack.permissions].flatMap(([permission, wanted]) => {
      const isAbout = wanted.live && (about.permission === null || about.permission === permission);
      return isAbout && statuses.includes(statusRow(model, number, person, permission))
        ? [{ key: cellKey(person, permission), wanted }]
        : [];
    });
  });
  if (chosen.length === 0) return false;
  const step = begin(model, by, 'sync', number);
  for (const { key, wanted } of chosen) write(model, step, key, owned(model.rows.get(key), number, wanted, by));
  return true;
}

/** Turns a permission red, and takes it from those who are to lose it. */
export function removePermission(
  model: Model,
  by: number,
  number: number,
  permission: number,
  loses: (person: number) => boolean,
): boolean {
  const wanted = model.packages.get(number)?.permissions.get(permission);
  if (!wanted?.live) return false;
  const step = begin(model, by, 'remove', number);
  model.people.forEach(({ founder }, person) => {
    const key = cellKey(person, permission);
    const row = model.rows.get(key);
    if (founder || !row?.active || row.source !== number || !loses(person)) return;
    write(model, step, key, { ...row, active: false, reason: 'removal', by });
  });
  setPermission(model, step, number, permission, { ...wanted, live: false });
  return true;
}

/** Gives a package's permission another value, or makes a red one green again. */
export function definePermission(
  model: Model,
  by: number,
  number: number,
  permission: number,
  { value, param, readd }: { value: string; param: string; readd: boolean },
): boolean {
  const before = model.packages.get(number)?.permissions.get(permission);
  if (readd ? before?.live : !before?.live || (before.value === value && before.param === param)) return false;
  const step = begin(model, by, readd ? 'add' : 'change', number);
  setPermission(model, step, number, permission, { value, param, live: true });
  return true;
}

function setPermission(model: Model, step: Step, number: number, permission: number, after: PackagePermission): void {
  const permissions = model.packages.get(number)?.permissions;
  const before = permissions?.get(permission) ?? null;
  permissions?.set(permission, after);
  step.undoPackage = (now) => {
    const current = now.packages.get(number)?.permissions.get(permission);
    if (!current || JSON.stringify(current) !== JSON.stringify(after)) return false;
    if (after.live && !before?.live) {
      const held = [...now.rows].some(
        ([key, row]) => key.endsWith(`/${permission}`) && row.active && row.source === number,
      );
      if (held) return false;
    }
    now.packages.get(number)?.permissions.set(permission, before ?? { ...after, live: false });
    return true;
  };
}

/** Enables or disables a package. */
export function setState(model: Model, by: number, number: number, state: 'active' | 'disabled'): boolean {
  const pack = model.packages.get(number);
  if (!pack || pack.state === state) return false;
  const before = pack.state;
  pack.state = state;
  begin(model, by, 'state', number).undoPackage = (now) => {
    const current = now.packages.get(number);
    if (!current || current.state !== state) return false;
    current.state = before;
    return true;
  };
  return true;
}

export type HandChange = { kind: 'set'; value: string; param: string } | { kind: 'disable' } | { kind: 'enable' };

/** Sets, disables or enables one permission of one person by hand. */
export function grant(
  model: Model,
  by: number,
  person: number,
  permission: number,
  change: HandChange,
  lowest: string,
): boolean {
  const key = cellKey(person, permission);
  const row = model.rows.get(key);
  if (model.people[person]?.founder) return false;
  const manual = { source: null, by, replaced: null };
  let after: ModelRow;
  if (change.kind === 'set') {
    after = { value: change.value, param: change.param, active: true, reason: null, ...manual };
  } else if (change.kind === 'disable') {
    after = { value: row?.value ?? lowest, param: row?.param ?? '', active: false, reason: 'manual', ...manual };
  } else {
    if (!row || row.active) return false;
    after = { value: row.value, param: row.param, active: true, reason: null, ...manual };
  }
  const plain = ({ value, param, active, reason, source }: ModelRow) => [value, param, active, reason, source].join();
  if (row && plain(row) === plain(after)) return false;
  write(model, begin(model, by, 'grant', null), key, after);
  return true;
}

/** Takes a step back, where nobody has written since. */
/** Gives somebody the profile, or takes it away. */
export function setReader({ readers }: Model, person: number, has: boolean): boolean {
  if (readers.has(person) === has) return false;
  if (has) readers.add(person);
  else readers.delete(person);
  return true;
}

export function undo(model: Model, by: number, undone: number): boolean {
  const step = model.steps.get(undone);
  if (!step) return false;
  const rows = [...step.rows].filter(([key]) => model.rows.get(key)?.by === undone);
  const members = [...step.members].filter(([key]) => model.members.get(key)?.by === undone);
  const before = { rows: new Map(model.rows), members: new Map(model.members) };
  for (const [key, was] of rows) {
    const now = model.rows.get(key) as ModelRow;
    const gone = {
      active: false,
      reason: step.kind === 'assign' ? 'unassignment' : 'removal',
      by,
      replaced: null,
    } as const;
    model.rows.set(key, was ?? { ...now, ...gone });
  }
  let rejoined = 0;
  for (const [key, was] of members) {
    const [number, person] = key.split('/').map(Number);
    const stillGiven = [...model.rows].some(
      ([cell, row]) => cell.startsWith(`${person}/`) && row.active && row.source === number,
    );
    if (was?.state !== 'active' && stillGiven) continue;
    model.members.set(key, was ?? { state: 'former', by });
    rejoined++;
  }
  const isPackageUndone = step.undoPackage(model);
  if (rows.length + rejoined > 0 || isPackageUndone) return true;
  model.rows = before.rows;
  model.members = before.members;
  return false;
}
