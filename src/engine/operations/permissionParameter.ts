import type { CatalogPermission } from '../../persistence/catalog.ts';
import type { Queryable } from '../../persistence/database.ts';
import { findStructures, type Structure } from '../../persistence/structures.ts';
import { ALL_STRUCTURES, canonicalParameter, NO_STRUCTURES, type Parameter } from '../core/parameter.ts';
import { EngineError } from '../errors.ts';

/** A value and structures that somebody wants for a permission. */
export interface WantedValue {
  value: string;
  /** Structure codes, or `*`; empty for scope `none`. */
  structures: readonly string[];
}

/**
 * The canonical parameter of what is wanted, where the permission takes it: it is not retired, the value is one of its
 * levels, structures exist and are not retired, and only scope `structures` has them.
 * @throws EngineError `permission_retired`, `invalid_value`, `parameter_not_taken`, and what
 *   {@link getOfferedStructures} refuses.
 */
export async function getParameter(
  queryable: Queryable,
  organizationId: number,
  permission: CatalogPermission,
  { value, structures }: WantedValue,
): Promise<Parameter> {
  const label = permissionLabel(permission);
  if (permission.retired) throw new EngineError('permission_retired', { permission: label });
  if (!permission.levels.includes(value)) {
    throw new EngineError('invalid_value', { permission: label, value, levels: permission.levels });
  }
  const param = canonicalParameter(structures);
  if (permission.scope === 'none' && param !== NO_STRUCTURES) {
    throw new EngineError('parameter_not_taken', { permission: label });
  }
  if (param === ALL_STRUCTURES || param === NO_STRUCTURES) return param;
  await getOfferedStructures(queryable, organizationId, structures, label);
  return param;
}

/**
 * Structures that can be chosen, by code. `permission` is what they are for, for refusals.
 * @throws EngineError `invalid_parameter` where a code is of none, `structure_retired`.
 */
export async function getOfferedStructures(
  queryable: Queryable,
  organizationId: number,
  codes: readonly string[],
  permission = '',
): Promise<Structure[]> {
  const found = await findStructures(queryable, organizationId, codes);
  const known = new Set(found.map(({ code }) => code));
  const unknown = codes.filter((code) => !known.has(code));
  if (unknown.length > 0) throw new EngineError('invalid_parameter', { permission, unknown });
  const retired = found.filter((each) => each.retired).map(({ code }) => code);
  if (retired.length > 0) throw new EngineError('structure_retired', { structures: retired });
  return found;
}

/** A permission as snapshots and audit records name it. */
export function permissionLabel({
  applicationName,
  name,
}: Pick<CatalogPermission, 'applicationName' | 'name'>): string {
  return `${applicationName} · ${name}`;
}
