import { type Actor, type MetaPermission, mayDo } from '../core/metaPermissions.ts';
import { EngineError } from '../errors.ts';

/** @throws EngineError `not_allowed` unless `actor` holds the meta-permission. */
export function requireMay(actor: Actor, needs: MetaPermission): void {
  if (!mayDo(actor, needs)) throw new EngineError('not_allowed', { needs });
}
