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
    draft_lost: 'This window is too old to go on from. Please start again.',
    usage: (usage: string) => `Please write \`${usage}\`.`,
    several: (wanted: string, choices: string) => `Several packages match “${wanted}”: ${choices}. Use the number.`,
    tooLate: 'This took too long for Slack to open a window. Please try again.',
    busy: 'Slack asks us to slow down. Please try again in a moment.',
    unexpected: (reference: string) =>
      `Something went wrong on our side, and nothing was half done. Please try again; if it happens again, tell your administrator this reference: \`${reference}\`.`,

    profile_not_found: 'This profile is no longer there. See `profiles` for those there are.',
    rule_not_found: 'This rule is no longer there. See `rules` for those there are.',
    group_not_found: 'This group is no longer there. See `rules groups` for those there are.',
    structure_not_found: 'This structure is no longer there. Choose another.',
    name_taken: (name: string) => `The name “${name}” is taken. Choose another.`,
    code_taken: (code: string) => `The code “${code}” is taken. Choose another.`,
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
  },
};
