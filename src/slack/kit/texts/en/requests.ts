import type { RequestState } from '../../../../engine/core/requestState.ts';
import type { RequestableKind } from '../../../../engine/operations/requestableKinds.ts';
import type { RequestList } from '../../../../engine/readModels/requestLists.ts';
import type { RequestFacts, RequestWords } from '../requestWords.ts';
import { count, people } from './counts.ts';

/** Requests: asking for approval, deciding, hearing of it. */
export const requests = {
  requests: {
    title: 'Requests',
    one: (id: number) => `Request ${id}`,
    states: {
      pending: ':hourglass_flowing_sand: waiting for approval',
      approved: ':white_check_mark: approved, being applied',
      applied: ':white_check_mark: *applied*',
      rejected: ':no_entry: *rejected*',
      cancelled: ':no_entry_sign: cancelled',
      expired: ':hourglass: expired',
      stale: ':warning: no longer possible',
      failed: ':warning: approved, but it could not be applied',
    } satisfies Record<RequestState, string>,
    what: {
      assign_package: ({ pack, whom }) => `assign ${pack} to ${whom}`,
      unassign_package: ({ pack, whom }) => `remove ${pack} from ${whom}`,
      sync_package: ({ pack, whom }) => `sync ${pack} for ${whom}`,
      remove_permission: ({ pack, permission }) => `remove ${permission} from ${pack}`,
      change_end: ({ pack, whom }) => `change the end of ${pack} for ${whom}`,
      undo: ({ pack, whom }) => `undo an operation about ${pack}, for ${whom}`,
      grant_permission: ({ permission, whom }) => `change ${permission} of ${whom} by hand`,
      add_permission: ({ pack, permission }) => `add ${permission} to ${pack}`,
      change_permission: ({ pack, permission }) => `change ${permission} in ${pack}`,
      edit_package: ({ pack }) => `edit the details of ${pack}`,
      enable_package: ({ pack }) => `enable ${pack}`,
      disable_package: ({ pack }) => `disable ${pack}`,
    } satisfies Record<RequestableKind, RequestWords>,
    unknown: ({ pack }: RequestFacts) => `do something with ${pack}`,
    aPermission: 'a permission',
    aPackage: 'a package',
    asks: (who: string, what: string) => `${who} asks to ${what}.`,
    wants: (who: string, pack: string) => `${who} asks for ${pack}.`,
    leaves: (who: string, pack: string) => `${who} no longer needs ${pack}.`,
    prolongs: (who: string, pack: string) => `${who} asks to keep ${pack} for longer.`,
    named: (names: string, more: number) => (more > 0 ? `${names} and ${people(more)} more` : names),
    revised:
      ':arrows_counterclockwise: What it would do has changed since it was shown; this is the plan now, and approvals given before do not count.',
    was: (counts: string) => `It was: ${counts}.`,
    until: (day: string) => `:calendar: Until *${day}*, then it is removed by itself.`,
    lasts: ':calendar: Without an end.',
    effect: { open: '*What would change*', applied: '*What changed*', ended: '*What would have changed*' },
    owners: (n: number) =>
      `:left_right_arrow: ${count(n, 'permission keeps its value and gets', 'permissions keep their value and get')} another source`,
    diverging: (cells: number, pack: string) =>
      `:warning: ${count(cells, 'permission', 'permissions')} would differ from ${pack}`,
    morePeople: (n: number) => `and ${people(n)} more: see Details.`,
    approved: (names: string) => `:white_check_mark: Approved by ${names}.`,
    onBehalf: (name: string, principal: string) => `${name} (for ${principal})`,
    progress: (given: number, needed: number) => `Approvals: ${given} of ${needed}.`,
    stage: (stage: number, stages: number) => `Stage ${stage} of ${stages}.`,
    deciders: (names: string) => `Can decide: ${names}.`,
    moreDeciders: (names: string, n: number) => `${names} and ${n} more`,
    open: (moment: string) => `Open until ${moment}.`,
    rejectedBy: (who: string, reason: string) => `Rejected by ${who}: ${reason}`,
    cancelledBy: (who: string) => `Cancelled by ${who}.`,
    expired: (moment: string) => `Nobody decided before ${moment}.`,
    askedAt: (moment: string) => `Asked on ${moment}.`,
    because: (why: string) => `Why: ${why}`,
    lacksRight: (needs: string) => `Whoever asked does not have the right to ${needs}.`,
    approve: 'Approve',
    reject: 'Reject…',
    details: 'Details',
    cancel: 'Cancel the request',
    retry: 'Try again',
    cancelConfirm: {
      title: 'Cancel the request?',
      text: 'Nobody can approve it any more. You can ask again.',
      confirm: 'Cancel it',
      deny: 'Keep it',
    },
    decided: {
      pending: 'Your approval is counted. More are needed.',
      approved: 'Approved. It is being applied.',
      rejected: 'Rejected. Whoever asked is told.',
    },
    cancelledDone: 'The request is cancelled.',
    retried: 'It is being tried again. You will get the outcome as a message.',
    rejecting: {
      title: 'Reject the request',
      submit: 'Reject',
      reason: 'Why',
      hint: 'Whoever asked reads it, and those who could have decided.',
      needed: 'Give a reason: whoever asked reads it.',
    },
    list: {
      tabs: { decide: 'To decide', mine: 'Mine', all: 'All' } satisfies Record<RequestList, string>,
      none: {
        decide: ':white_check_mark: No request waits for your decision.',
        mine: 'You have asked for nothing yet.',
        all: 'Nobody has asked for anything yet.',
      } satisfies Record<RequestList, string>,
      row: (title: string, state: string, what: string, who: string, when: string) =>
        `*${title}* · ${state}\n${what} · ${who}, ${when}`,
      open: 'Open',
      ask: 'Ask for access',
    },
    ask: {
      title: 'Ask for approval',
      submit: 'Ask',
      needs: (what: string) => `:lock: Approval is needed here to ${what}. Nothing has been done yet.`,
      /** `able`: how many could; where none is to spare, all of them have to. */
      deciders: (needed: number, names: string, able: number) =>
        able <= needed
          ? `${names} ${able === 1 ? 'has' : 'have'} to approve.`
          : `${needed === 1 ? 'One of these has to approve' : `${needed} of these have to approve`}: ${names}.`,
      second: (needed: number, names: string, able: number) =>
        able <= needed ? `Then ${names}.` : `Then ${needed === 1 ? 'one of these' : `${needed} of these`}: ${names}.`,
      nobody: 'nobody who has a Slack account here',
      reason: 'Why is it needed?',
      reasonHint: 'Those who decide read it.',
      emergency: 'In an emergency',
      breakGlass: 'Do it at once, without approval',
      breakGlassHint: 'Those who would have had to approve are told, with your reason.',
      done: (id: number, what: string) =>
        `:hourglass_flowing_sand: Request ${id}: you asked to ${what}. You will be told what is decided; \`requests\` shows how it stands.`,
      brokeTitle: 'Done without approval',
      broke: (what: string) =>
        `:rotating_light: Done without approval: ${what}. Those who would have decided are told.`,
    },
    self: {
      title: 'Ask for access',
      submit: 'Ask',
      package: 'Package',
      packagePlaceholder: 'Search by name or number',
      packageNeeded: 'Choose a package.',
      reason: 'Why do you need it?',
      untilHint:
        'At the end of that day it is taken from you again; you are told some days before. Leave it empty to keep it.',
      mine: '*You have*',
      noLonger: 'No longer needed',
      leaving: (pack: string) => `You no longer need ${pack}. It is taken from you once that is approved.`,
      leavingReason: 'Why is it no longer needed?',
      leavingTitle: 'No longer needed',
      done: (id: number) =>
        `:hourglass_flowing_sand: Request ${id} is made. You will be told what is decided; \`requests\` shows how it stands.`,
    },
    notices: {
      approver: (who: string, what: string) => `${who} asks for your approval: ${what}`,
      own: (id: number) => `How your request ${id} stands`,
      title: (id: number) => `Request ${id}`,
      aboutYou: (id: number, who: string) => `Request ${id} of ${who}, which is about your access,`,
      says: (who: string, reason: string) => `${who} says: ${reason}`,
      outcome: {
        applied: (title: string, what: string) => `:white_check_mark: ${title} is done: ${what}.`,
        rejected: (title: string, what: string) => `:no_entry: ${title} was rejected: ${what}.`,
        cancelled: (title: string, what: string) => `:no_entry_sign: ${title} was cancelled: ${what}.`,
        expired: (title: string, what: string) =>
          `:hourglass: ${title} expired, because nobody decided in time: ${what}.`,
        stale: (title: string, what: string) => `:warning: ${title} is no longer possible: ${what}.`,
        failed: (title: string, what: string) => `:warning: ${title} was approved, but could not be applied: ${what}.`,
      },
      reminder: (title: string, until: string) => `:bell: ${title} still waits for your decision, until ${until}.`,
      breakGlass: (done: string, who: string, reason: string) =>
        `:rotating_light: *Done without the approval that it needs:* ${done}\n${who} gives the reason: ${reason}`,
    },
    story: {
      create_request: (by: string) => `${by} asked.`,
      approve_request: (by: string) => `${by} approved.`,
      reject_request: (by: string) => `${by} rejected it.`,
      cancel_request: (by: string) => `${by} cancelled it.`,
      retry_request: (by: string) => `${by} tried it again.`,
      revise_request: () => 'What it would do has changed; new decisions are asked for.',
      outdate_request: () => 'It is no longer possible.',
      expire_request: () => 'Nobody decided in time; it expired.',
      fail_request: () => 'It was approved, but could not be applied.',
      applied: (operation: number) => `It was applied (operation ${operation}).`,
    },
  },
};
