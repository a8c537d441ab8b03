/** What can stand in the way of a change to the catalogue, in the order in which it is named. */
export const USE_KINDS = ['package', 'removed', 'reference', 'profile', 'rule', 'child', 'member', 'person'] as const;

/**
 * `package`: a package has it live; `removed`: red in a package; `reference`: a package names the structure for
 * information; `child`: a structure below; `member`: somebody of the structure; `person`: an authorization of theirs.
 */
export type UseKind = (typeof USE_KINDS)[number];

/** One thing that uses an entry of the catalogue. `id` is a package's number, or the id of what else it is. */
export interface CatalogUse {
  kind: UseKind;
  id: number;
  name: string;
}

/** Everything that uses an entry: how many of each kind, and the first of each kind by name. */
export interface CatalogUses {
  counts: Partial<Record<UseKind, number>>;
  named: CatalogUse[];
}

/** How many things use it. */
export function totalUses({ counts }: CatalogUses): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
