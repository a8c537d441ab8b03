/** What an administrator may do here (DOMAIN 7). */
export const META_PERMISSIONS = [
  'define_packages',
  'assign_packages',
  'sync_packages',
  'define_profiles',
  'assign_profiles',
  'manage_permissions',
  'manage_catalog',
  'approve',
  'view',
  'view_audit',
  'administer',
] as const;

export type MetaPermission = (typeof META_PERMISSIONS)[number];

/** A person, as the engine knows who acts. Founders hold every meta-permission. */
export interface Actor {
  organizationId: number;
  userId: number;
  code: string;
  name: string;
  founder: boolean;
  metaPermissions: ReadonlySet<MetaPermission>;
}

/** Whether `actor` may do what needs `needed`. Whoever holds any meta-permission may read (`view`). */
export function mayDo(actor: Actor, needed: MetaPermission): boolean {
  if (actor.founder || actor.metaPermissions.has(needed)) return true;
  return needed === 'view' && actor.metaPermissions.size > 0;
}
