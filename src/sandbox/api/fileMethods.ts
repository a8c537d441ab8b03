import { LIMITS } from '../blocks/limits.ts';
import { isObject, stringOf } from '../json.ts';
import type { StoredFile } from '../store/files.ts';
import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';
import { addBotMessage } from './chatMethods.ts';
import { SlackError } from './errors.ts';
import { fileObject, messageContent } from './messages.ts';
import type { Methods } from './method.ts';

/** `files.*`: announce, upload to the address, complete. */
export const fileMethods: Methods = {
  'files.getUploadURLExternal': (args, workspace) => {
    const length = args.number('length', 0);
    if (!Number.isInteger(length) || length < 1) throw new SlackError('invalid_arguments');
    const file = workspace.files.announce(args.required('filename'), length);
    return { upload_url: `${workspace.options.publicUrl()}/upload/${file.uploadId}`, file_id: file.id };
  },
  'files.completeUploadExternal': (args, workspace) => {
    const files = uploadedFiles(args, workspace);
    const channelIds = (args.text('channels') ?? args.text('channel_id') ?? '').split(',').filter(Boolean);
    // Only conversation ids count here: a person's id is answered with channel_not_found.
    const targets = channelIds.map((id) => workspace.conversations.find(id));
    if (targets.includes(undefined)) throw new SlackError('channel_not_found');
    const found = targets.filter((target) => target !== undefined);
    if (found.some((target) => !target.botIsMember)) throw new SlackError('not_in_channel');
    const comment = args.text('initial_comment');
    const raw = { text: comment };
    const content =
      comment || args.json('blocks') ? messageContent(raw, args.json('blocks'), LIMITS.messageText) : undefined;
    for (const { file, title } of files) {
      file.completedAt = Math.floor(workspace.now() / 1000);
      file.title = title ?? file.name;
      file.channels = channelIds;
    }
    for (const target of found) {
      addBotMessage(workspace, target, {
        text: content?.text ?? '',
        blocks: content?.blocks ?? [],
        fileIds: files.map(({ file }) => file.id),
        threadTs: args.text('thread_ts') ?? null,
      });
    }
    return { files: files.map(({ file }) => fileObject(workspace, file.id)) };
  },
  'files.info': (args, workspace) => {
    const file = workspace.files.find(args.required('file'));
    if (!file || file.completedAt === null) throw new SlackError('file_not_found');
    return { file: fileObject(workspace, file.id), comments: [] };
  },
};

function uploadedFiles(args: Args, workspace: Workspace): { file: StoredFile; title: string | undefined }[] {
  const entries = args.json('files');
  if (!Array.isArray(entries) || entries.length === 0) throw new SlackError('invalid_arguments');
  return entries.map((entry: unknown) => {
    const file = isObject(entry) ? workspace.files.find(String(entry.id)) : undefined;
    if (!file || file.bytes === null || file.completedAt !== null) throw new SlackError('file_not_found');
    return { file, title: isObject(entry) ? stringOf(entry.title) : undefined };
  });
}
