import { people, permissions } from './counts.ts';

/** Profiles. */
export const profiles = {
  profiles: {
    title: 'Profiles',
    intro:
      'A profile gives its permissions of one application to whoever has it. Take the profile away, and what it gave ends.',
    filter: 'Filter by name or application',
    application: 'Application',
    anyApplication: 'All applications',
    create: 'New profile',
    empty: 'There is no profile yet.',
    row: (name: string, application: string) => `*${name}* · ${application}`,
    counts: (permissionCount: number, n: number) => `${permissions(permissionCount)} · ${people(n)}`,
    open: 'Open',
    allSimple:
      'There are no profiles here, and nothing to bundle: no application has more than one permission (Simple App Mode). Give access by package, by rule or by hand.',
    missing: '_not here: no application has more than one permission (Simple App Mode)_',
    all: '‹ All profiles',
    of: (application: string) => `A profile of ${application}`,
    tabs: { permissions: 'Permissions', people: 'People' },
    rename: 'Rename',
    delete: 'Delete…',
    addPermission: 'Add Permission',
    assign: 'Assign to people',
    unassignMany: 'Unassign people…',
    unassign: 'Unassign…',
    menu: { change: 'Change value…', remove: 'Remove from profile…' },
    lacksMain: (application: string, main: string) =>
      `:warning: This profile lacks *${main}* (MAIN). Who has nothing else of ${application} cannot open it.`,
    noPermissions: 'This profile gives nothing yet. Add its first permission.',
    nobody: 'Nobody has this profile.',
    filterPeople: 'Find a person by code, name or e-mail',
    founder: 'founder: has everything anyway',
    newTitle: 'New profile',
    renameTitle: 'Rename profile',
    name: 'Name',
    namePlaceholder: 'What it is for, e.g. Reader',
    nameNeeded: 'Give the profile a name.',
    chooseApplication: 'Choose an application.',
    applicationHint: 'Applications with a single permission are not offered: they have no profiles.',
    createButton: 'Create',
    created: (name: string) => `The profile *${name}* was created. Add the permissions that it shall give.`,
    next: 'Preview',
    permissionTitle: { add: 'Add Permission', change: 'Change permission' },
    inProfile: 'The profile has this permission already. Change its value instead.',
  },
};
