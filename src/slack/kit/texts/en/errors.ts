import { count, people } from './counts.ts';

/** What is said when something could not be done. */
export const errors = {
  errors: {
    title: 'Sorry',
    guest:
      'Quartermaster is for members of the organization. Guests cannot use it; please ask the person who invited you.',
    stranger: 'Quartermaster answers members of its own workspace only. Please ask in your own workspace.',
    notInOrganization: (founders: string) =>
      `You are not in the organization’s directory yet${founders ? `. Please ask ${founders} to add you` : ''}.`,
    not_allowed: (needs: string) => `This needs the right to ${needs}, which you do not have.`,
    package_not_found: (wanted: string) => `There is no package “${wanted}”. See \`list\` for those there are.`,
    package_disabled: (number: number, name: string) =>
      `package:${number} ${name} is disabled. Enable it before assigning it.`,
    user_not_found: (wanted: string) => `There is nobody “${wanted}” here. Use a personal code or @mention somebody.`,
    permission_not_found: 'This permission is no longer in the catalogue. Choose another.',
    permission_already_in_package: (permission: string, number: number) =>
      `${permission} is in package:${number} already. Choose another permission.`,
    invalid_value: (value: string, levels: string) => `“${value}” is not one of the values: ${levels}.`,
    invalid_parameter: (codes: string) => `There is no structure ${codes}. Choose from the list.`,
    parameter_not_taken: 'This permission takes no structures.',
    application_not_found: 'This application is no longer in the catalogue. Choose another.',
    founder_untouchable: (user: string) => `${user}: Founders have full access; nothing is written for them.`,
    nothing_to_enable: (permission: string) => `There is nothing of ${permission} to enable. Set a value instead.`,
    assignment_not_found: (user: string, number: number) => `${user} has no assignment of package:${number}.`,
    nobody_chosen: 'Nobody was chosen. Choose at least one person.',
    nothing_chosen: 'Nothing is chosen. Choose at least one.',
    permission_not_in_package: (permission: string, number: number) =>
      `${permission} is not in package:${number} any more. Look at the package again.`,
    plan_changed: 'Something changed since you looked. Please look again and confirm.',
    nothing_changed: 'It is so already; nothing was changed.',
    organization_exists: (name: string) => `${name} is set up already.`,
    operation_not_found: (id: number) => `There is no operation ${id} here. See \`undo\` for the latest ones.`,
    not_undoable: 'This cannot be undone. Do the opposite instead.',
    undo_expired: (hours: number) =>
      `It is too late: an operation can be undone for ${hours} hours. Do the opposite instead.`,
    nothing_to_undo: 'Nothing is left to undo: everything that the operation wrote has changed since.',
    application_unknown: (wanted: string) =>
      `There is no application “${wanted}”. Use its key, its name, or a part of the name.`,
    several_applications: (wanted: string, choices: string) =>
      `Several applications match “${wanted}”: ${choices}. Use the key.`,
    last_administrator:
      'This would leave nobody with a Slack account who can administer the organization. Give somebody else that right first.',
    founders_only: 'Only a founder can do this.',
    last_founder: 'An organization needs a founder. Name another one first.',
    not_reachable: (user: string) =>
      `${user} has left or has no Slack account linked, and could not act as a founder. Choose somebody else.`,
    unknown_time_zone: (timeZone: string) => `There is no time zone “${timeZone}”. Choose one from the list.`,
    draft_lost: 'This window is too old to go on from. Please start again.',
    usage: (usage: string) => `Please write \`${usage}\`.`,
    several: (wanted: string, choices: string) => `Several packages match “${wanted}”: ${choices}. Use the number.`,
    tooLate: 'This took too long for Slack to open a window. Please try again.',
    busy: 'Slack asks us to slow down. Please try again in a moment.',
    unexpected: (reference: string) =>
      `Something went wrong on our side, and nothing was half done. Please try again; if it happens again, tell your administrator this reference: \`${reference}\`.`,

    person_left: (user: string) => `${user} has left. Nothing is given to people who left; mark them as back first.`,
    person_not_left: (user: string) => `${user} has not left. Mark the person as left first.`,
    code_taken: (code: string, user: string) => `The code ${code} is ${user}’s. Choose another.`,
    unknown_structure: (code: string) => `There is no structure ${code}. Choose one from the list.`,
    slack_account_taken: (code: string, user: string) =>
      `This Slack account belongs to ${user} (${code}). Unlink it there first, or choose another.`,
    founder_keeps_access: (user: string) =>
      `${user} is a founder, and a founder always has full access. Make somebody else the founder first; then remove the access.`,
    rights_missing: (needs: string) => `This needs rights that you do not have: ${needs}.`,
    permission_retired: (permission: string) =>
      `${permission} is retired, and offered to nobody any more. Bring it back in the catalogue first.`,
    application_retired: (application: string) =>
      `${application} is retired, and offered to nobody any more. Bring it back in the catalogue first.`,
    structure_retired: (codes: string, n: number) =>
      `${codes} ${n === 1 ? 'is' : 'are'} retired. Leave ${n === 1 ? 'it' : 'them'} out, or bring ${n === 1 ? 'it' : 'them'} back in the catalogue first.`,
    structure_not_found: 'This structure is no longer there. Choose another.',
    structure_cycle: (structure: string, parent: string) =>
      `${parent} is ${structure} itself, or below it. Choose a structure that is not.`,
    key_taken: (key: string, retired: boolean) =>
      retired
        ? `There was a \`${key}\` already, and it is retired: bring it back, or choose another.`
        : `There is a \`${key}\` already. Choose another.`,
    invalid_entry: {
      key: 'Use at most 100 characters, on one line, without commas and without spaces at the ends.',
      name: 'Give it a name, of at most 300 characters.',
      levels: 'Write at least one value, one to a line, each only once, of at most 100 characters.',
    },
    in_use: (what: string, uses: string) => `${what} is in use: ${uses}. Change that first.`,
    profile_not_found: 'This profile is no longer there. See `profiles` for those there are.',
    rule_not_found: 'This rule is no longer there. See `rules` for those there are.',
    group_not_found: 'This group is no longer there. See `rules groups` for those there are.',
    name_taken: (name: string) => `The name “${name}” is taken. Choose another.`,
    group_code_taken: (code: string) => `The code “${code}” is taken. Choose another.`,
    invalid_code: (code: string) => `“${code}” cannot be a code: no comma, no spaces at its ends, not *.`,
    application_simple: (application: string) =>
      `${application} has a single permission (Simple App Mode), so it has no profiles. Give it by package, by rule or by hand.`,
    permission_of_other_application: (permission: string, application: string) =>
      `${permission} is not of ${application}: a profile has the permissions of one application.`,
    permission_not_in_profile: (permission: string, profile: string) =>
      `${permission} is not in the profile ${profile} any more. Look at the profile again.`,
    group_in_use: (group: string, rules: string) =>
      `The group ${group} cannot be deleted while a rule is for it: ${rules}. Delete or change that first.`,
    group_follows_slack: (group: string) =>
      `The members of ${group} come from a Slack user group. Detach the group to change them by hand.`,
    approval_needed:
      'This needs approval here, so nothing was done. Do it on its own, in its own screen: there you are asked for the reason.',
    reason_needed: 'Give a reason: those who decide see it.',
    request_not_found: (id: number) => `There is no request ${id} here.`,
    request_not_pending: (id: number, state: string) => `Nothing was changed. How request ${id} stands: ${state}.`,
    request_moved: (id: number) =>
      `What request ${id} would do has changed since you saw it, so nothing was decided. Look at it again.`,
    own_request: 'You asked for this yourself: somebody else has to decide.',
    not_an_approver: (id: number) => `You are not among those who decide about request ${id} at this stage.`,
    already_decided: (id: number) => `Your decision about request ${id} has been counted already.`,
    too_few_approvers: (needed: number, available: number) =>
      `This needs ${count(needed, 'approval', 'approvals')}, and ${available === 0 ? 'nobody' : `only ${people(available)}`} could give ${needed === 1 ? 'it' : 'them'}: those count who have a linked Slack account and have not left, and never whoever asks. An administrator can name more approvers, or ask for fewer approvals.`,
    not_requestable: 'This cannot be asked for.',
    policy_not_found: 'There is no such policy any more. Nothing was changed.',
    delegation_not_found: 'That delegation has ended already.',
    end_in_the_past: 'This day is over. Choose today or a later day, or none.',
    invalid_until: 'Choose a day from today on, at most a year ahead.',
  },
};
