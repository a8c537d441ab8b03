import type { MetaPermission } from '../../../../engine/core/metaPermissions.ts';
import { people, permissions } from './counts.ts';

/** What every screen uses: buttons, paging, dots, sources, rights. */
export const basics = {
  common: {
    close: 'Close',
    cancel: 'Cancel',
    save: 'Save',
    loading: 'Loading…',
    working: 'Working…',
    workingHint:
      'This can take a moment for many people. You may close this window: the outcome also comes as a message.',
    search: 'Search',
    people,
    permissions,
    none: 'none',
    allStructures: 'All structures',
    noStructures: 'No structures',
    parameter: 'Parameter',
    value: 'Value',
    package: (number: number, name: string) => `*package:${number}* ${name}`,
    copyable: (text: string) => `\`${text}\``,
    nothingFound: (text: string) => `Nothing found for “${text}”. Try a part of the code, name or e-mail.`,
  },
  paging: {
    range: (from: number, to: number, total: number) => `${from}–${to} of ${total}`,
    previous: '‹ Previous',
    next: 'Next ›',
  },
  dots: { live: ':large_green_circle: Live', removed: ':red_circle: Removed' },
  states: { active: 'Active', disabled: 'Disabled' },
  sources: {
    founder: 'being a founder',
    manual: 'a manual grant',
    package: (number: string) => `package:${number}`,
    profile: (name: string) => `profile ${name}`,
    rule: (name: string) => `rule ${name}`,
  },
  metaPermissions: {
    define_packages: 'define packages',
    assign_packages: 'assign packages',
    sync_packages: 'sync packages',
    define_profiles: 'define profiles',
    assign_profiles: 'assign profiles',
    manage_permissions: 'manage permissions',
    manage_catalog: 'manage the catalogue',
    approve: 'approve',
    view: 'view',
    view_audit: 'view the audit trail',
    administer: 'administer',
  } satisfies Record<MetaPermission, string>,
};
