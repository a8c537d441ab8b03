import type { CatalogPermission } from '../../persistence/catalog.ts';
import type { Queryable } from '../../persistence/database.ts';
import { findStructures } from '../../persistence/structures.ts';
import { ALL_STRUCTURES, canonicalParameter, NO_STRUCTURES, type Parameter } from '../core/parameter.ts';
import { EngineError } from '../errors.ts';

/** A value and structures that somebody wants for a permission. */
export interface WantedValue {
  value: string;
  /** Structure codes, or `*`; empty for scope `none`. */
  structures: readonly string[];
}

/**
 * The canonical parameter of what is wanted, where the permission takes it: the value is one of its levels, structures
 * exist, and only scope `structures` has them.
 * @throws EngineError `invalid_value`, `invalid_parameter`, `parameter_not_taken`.
 */
export async function getParameter(
  queryable: Queryable,
  organizationId: number,
  permission: CatalogPermission,
  { value, structures }: WantedValue,
): Promise<Parameter> {
  const label = permissionLabel(permission);
  if (!permission.levels.includes(value)) {
    throw new EngineError('invalid_value', { permission: label, value, levels: permission.levels });
  }
  const param = canonicalParameter(structures);
  if (permission.scope === 'none' && param !== NO_STRUCTURES) {
    throw new EngineError('parameter_not_taken', { permission: label });
  }
  if (param === ALL_STRUCTURES || param === NO_STRUCTURES) return param;
  const known = new Set((await findStructures(queryable, organizationId, structures)).map(({ code }) => code));
  const unknown = structures.filter((code) => !known.has(code));
  if (unknown.length > 0) throw new EngineError('invalid_parameter', { permission: label, unknown });
  return param;
}

/** A permission as snapshots and audit records name it. */
export function permissionLabel({
  applicationName,
  name,
}: Pick<CatalogPermission, 'applicationName' | 'name'>): string {
  return `${applicationName} · ${name}`;
}
