const ARCHIVED = 'The channel is archived. Unarchive it, or choose another channel.';
const READ_ONLY =
  'A rule of the workspace keeps me from posting there. Allow me in the channel’s posting permissions, or choose another channel.';

/** What administrators are told about messages that do not arrive. */
export const delivery = {
  delivery: {
    access: {
      changed: 'Your access was changed.',
      gained: 'You now have:',
      altered: 'Changed:',
      lost: 'You no longer have:',
      entry: (permission: string, after: string | null, before: string | null) =>
        after && before
          ? `• *${permission}*: ${after} (it was ${before})`
          : `• *${permission}*${after ? `: ${after}` : ''}`,
      more: (n: number) => `… and ${n} more`,
      works: 'It works',
      blocked: 'Still blocked',
      thanks: ':white_check_mark: Thanks. Good to hear.',
      sorry: 'Sorry to hear that. This is how it stands:',
      passedOn:
        'Somebody who can help has been told. If you have not logged out and back in yet, please try that first.',
      stillBlocked: (slackUserId: string) => `<@${slackUserId}> still cannot get in after a change of their access.`,
    },
    gone: 'This message is too old to answer, or it is not about you.',
    trouble: (channel: string) => `:warning: I could not post in <#${channel}>: what I had to say there was not sent.`,
    problems: {
      is_archived: ARCHIVED,
      channel_is_archived: ARCHIVED,
      not_in_channel: 'I am not in the channel. Invite me with `/invite @Quartermaster`, or choose another channel.',
      channel_not_found:
        'The channel does not exist any more, or it is private and I am not in it. Invite me there with `/invite @Quartermaster`, or choose another channel.',
      restricted_action: READ_ONLY,
      restricted_action_read_only_channel: READ_ONLY,
      restricted_action_thread_only_channel: READ_ONLY,
      restricted_action_non_threadable_channel: READ_ONLY,
      restricted_action_thread_locked: 'The thread there is locked. Unlock it, or choose another channel.',
      ekm_access_denied:
        'Your organization’s encryption keys do not allow it. Ask whoever administers Slack Enterprise Key Management.',
    },
  },
};
