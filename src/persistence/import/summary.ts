/** What an import did to the elements of one kind that the file lists. */
export type ImportCounts = {
  created: number;
  changed: number;
  unchanged: number;
};

/** The kinds that a summary counts, in the order in which it is shown. */
export const SUMMARY_SECTIONS = [
  'organization',
  'structures',
  'users',
  'groups',
  'applications',
  'permissions',
  'packages',
  'packagePermissions',
  'assignments',
  'authorizations',
  'profiles',
  'rules',
  'administrators',
] as const;

export type SummarySection = (typeof SUMMARY_SECTIONS)[number];
export type ImportSections = Record<SummarySection, ImportCounts>;

/** Counts of a kind of which the file lists `total`. */
export function countsOf(total: number, created: number, changed: number): ImportCounts {
  return { created, changed, unchanged: total - created - changed };
}

/** Counts of elements that changed in themselves or in a list of theirs: each is counted once. */
export function countsOfOwners(
  total: number,
  created: readonly number[],
  ...changed: readonly (readonly number[])[]
): ImportCounts {
  const fresh = new Set(created);
  const touched = new Set(changed.flat().filter((id) => !fresh.has(id)));
  return countsOf(total, fresh.size, touched.size);
}

/** Whether an import wrote anything. */
export function changedAnything(sections: ImportSections): boolean {
  return SUMMARY_SECTIONS.some((section) => sections[section].created + sections[section].changed > 0);
}
