import type { OperationKind } from '../../../../engine/core/operationKinds.ts';
import { count, people, permissions } from './counts.ts';

/** Sync and undo. */
export const sync = {
  sync: {
    title: 'Sync',
    button: 'Sync',
    buttonAll: 'Sync members',
    buttonPerson: 'Sync this person',
    review: 'Review',
    reviewTitle: 'Review the sync',
    confirm: 'Sync',
    back: '‹ Back to the list',
    sync: 'Sync',
    skip: 'Skip',
    continued: ':leftwards_arrow_with_hook: You go on with the choices that you left here. *Defaults* begins anew.',
    tally: (chosen: number, skipped: number, others: number) =>
      `*${chosen.toLocaleString('en')}* to sync · *${skipped.toLocaleString('en')}* skipped · *${others.toLocaleString('en')}* ${others === 1 ? 'needs' : 'need'} nothing or cannot be synced`,
    everyStatus: 'Every status',
    driftOnly: 'Differs from the package',
    changedOnly: 'Changed since you looked',
    statusCount: (status: string, cells: number) => `${status} (${cells.toLocaleString('en')})`,
    controls: {
      defaults: 'Defaults',
      eligible: 'All eligible',
      divergent: 'All divergent',
      none: 'None',
      filter: 'Only what the filter shows',
    },
    exceptions: (n: number) => `${count(n, 'row is', 'rows are')} decided one by one.`,
    nobody: 'Nobody is here to be synced.',
    plan: {
      written: (cells: number, n: number) =>
        `:arrows_counterclockwise: ${permissions(cells)} of ${people(n)} will be as the package says:`,
      gain: (n: number) => `• access won: *${n.toLocaleString('en')}*`,
      up: (n: number) => `• a higher level: *${n.toLocaleString('en')}*`,
      down: (n: number) => `• a lower level: *${n.toLocaleString('en')}*`,
      scope: (n: number) => `• other structures: *${n.toLocaleString('en')}*`,
      same: (n: number) => `• the same access, only the source changes: *${n.toLocaleString('en')}*`,
      owners: (n: number) =>
        `:bust_in_silhouette: The package becomes the source of ${permissions(n)} that came from elsewhere.`,
      skipped: (n: number) =>
        `${permissions(n)} skipped: accepted as ${n === 1 ? 'it is' : 'they are'}, until the package or the person’s access changes.`,
      nothing: 'Nothing is chosen to be synced.',
    },
    moved:
      ':arrows_counterclockwise: Something changed since you looked, and nothing was synced. This is the situation now; your other choices are kept. Please check and confirm again.',
    movedRows: 'Changed meanwhile, with the default choice again:',
    movedMore: (n: number) => `and ${n.toLocaleString('en')} more: the list can show what changed since you looked.`,
    movedUnseen:
      'Nothing was synced: something changed since you looked, and you closed the window. Your choices are kept; open Sync again.',
    doneTitle: 'Synced',
    doing: (n: number, pack: string) => `Syncing ${people(n)} with ${pack}`,
    done: (cells: number, n: number, pack: string) =>
      `:white_check_mark: ${permissions(cells)} of ${people(n)} ${cells === 1 ? 'is' : 'are'} as ${pack} says`,
  },
  undo: {
    title: 'Undo',
    intro: (hours: number) => `What you may undo, of the last ${hours} hours. Undoing is itself recorded.`,
    nothing: 'There is nothing recent that you may undo.',
    button: 'Undo…',
    row: (what: string, about: string, whom: string, by: string, when: string) =>
      `*${what}*${about ? ` · ${about}` : ''}${whom ? ` · ${whom}` : ''}\n${by ? `by ${by}, ` : ''}${when}`,
    reviewTitle: 'Review the undo',
    doing: (n: number, what: string) => `Undoing “${what}” for ${people(n)}`,
    confirm: 'Undo',
    back: '‹ Back to the list',
    rows: (n: number) => `:leftwards_arrow_with_hook: ${permissions(n)} will be as before.`,
    memberships: (n: number) => `:busts_in_silhouette: ${count(n, 'assignment', 'assignments')} will be as before.`,
    package: 'The package will be as before, unless it has changed since.',
    changed: (n: number) =>
      `:warning: ${permissions(n)} changed since, and ${n === 1 ? 'stays' : 'stay'} as now. The rest is undone.`,
    left: (n: number) =>
      `:wave: ${people(n)} left, and ${n === 1 ? 'gets' : 'get'} nothing back. Whatever they still have can be removed from their card:`,
    leftRow: (person: string, code: string, when: string) => `• ${person} \`${code}\`, left on ${when}`,
    changedRow: (person: string, code: string, permission: string, by: string | null, when: string) =>
      `• ${person} \`${code}\` · ${permission}${by ? `, by ${by}` : ''}${when ? `, ${when}` : ''}`,
    more: (n: number) => `and ${n.toLocaleString('en')} more.`,
    moved:
      ':arrows_counterclockwise: Something changed since you looked; this is the situation now. Please confirm again.',
    movedUnseen:
      'Nothing was undone: something changed since you looked, and you closed the window. Please start again.',
    done: (cells: number, n: number) =>
      `:white_check_mark: Undone. ${permissions(cells)} and ${count(n, 'assignment is', 'assignments are')} as before.`,
    donePackage: ':white_check_mark: Undone. The package is as before.',
    doneChanged: (n: number) => `${permissions(n)} had changed since, and ${n === 1 ? 'was' : 'were'} left as now.`,
    doneLeft: (n: number) => `${people(n)} had left, and got nothing back.`,
    kinds: {
      assign_package: 'Assigned',
      unassign_package: 'Assignments removed',
      sync_package: 'Synced',
      grant_permission: 'Set by hand',
      remove_permission: 'Permission removed from the package',
      add_permission: 'Permission added to the package',
      change_permission: 'Permission of the package changed',
      create_package: 'Package created',
      clone_package: 'Package cloned',
      edit_package: 'Package edited',
      enable_package: 'Package enabled',
      disable_package: 'Package disabled',
    } satisfies Record<OperationKind, string>,
  },
};
