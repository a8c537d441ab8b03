import { validView } from '../blocks/validate.ts';
import { type JsonObject, stringOf } from '../json.ts';
import type { OpenView } from '../store/views.ts';
import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';
import { SlackError } from './errors.ts';
import type { Methods } from './method.ts';
import { viewObject } from './viewObject.ts';

/** `views.*`. A refused call leaves its trigger unused. */
export const viewMethods: Methods = {
  'views.open': (args, workspace) => {
    const { userId, viewId } = workspace.triggers.check(triggerOf(args));
    const content = validView(args.requiredObject('view'), 'modal');
    assertNewExternalId(workspace, content);
    // A trigger of a modal opens on top of that modal; any other begins a stack of its own.
    const fromStack = workspace.views.stackOf(userId).some((view) => view.id === viewId);
    if (fromStack) workspace.views.assertRoom(userId);
    else workspace.views.clear(userId);
    return opened(args, workspace, workspace.views.push(userId, content));
  },
  'views.push': (args, workspace) => {
    const { userId, viewId } = workspace.triggers.check(triggerOf(args));
    if (!workspace.views.stackOf(userId).some((view) => view.id === viewId)) {
      const reason = "must match the `type` of the root view whose stack we're pushing onto";
      throw new SlackError('invalid_arguments', [`[ERROR] ${reason} [json-pointer:/view/type]`]);
    }
    const content = validView(args.requiredObject('view'), 'modal');
    assertNewExternalId(workspace, content);
    workspace.views.assertRoom(userId);
    return opened(args, workspace, workspace.views.push(userId, content));
  },
  'views.update': (args, workspace) => {
    const view = viewToUpdate(args, workspace);
    const surface = view.content.type === 'home' ? 'home' : 'modal';
    assertHash(args, view);
    const content = validView(args.requiredObject('view'), surface);
    assertNewExternalId(workspace, content, view);
    workspace.views.replace(view, content);
    workspace.revisions.bump();
    return { view: viewObject(workspace, view) };
  },
  'views.publish': (args, workspace) => {
    const userId = args.required('user_id');
    if (!workspace.directory.find(userId)) throw new SlackError('user_not_found');
    const existing = workspace.views.homeOf(userId);
    if (existing) assertHash(args, existing);
    const view = workspace.views.publish(userId, validView(args.requiredObject('view'), 'home'));
    workspace.revisions.bump();
    return { view: viewObject(workspace, view) };
  },
};

function triggerOf(args: Args): string {
  return args.text('trigger_id') ?? args.required('interactivity_pointer');
}

function opened(args: Args, workspace: Workspace, view: OpenView): JsonObject {
  workspace.triggers.exchange(triggerOf(args));
  workspace.revisions.bump();
  return { view: viewObject(workspace, view) };
}

function viewToUpdate(args: Args, { views }: Workspace): OpenView {
  const viewId = args.text('view_id');
  const externalId = args.text('external_id');
  if (!viewId && !externalId) throw new SlackError('invalid_arguments', ['[ERROR] missing required field: view_id']);
  const view = viewId ? views.find(viewId) : views.findByExternalId(externalId ?? '');
  if (!view) throw new SlackError('not_found');
  return view;
}

function assertHash(args: Args, view: OpenView): void {
  const hash = args.text('hash');
  if (hash !== undefined && hash !== view.hash) throw new SlackError('hash_conflict');
}

function assertNewExternalId(workspace: Workspace, content: JsonObject, self?: OpenView): void {
  const externalId = stringOf(content.external_id);
  const other = externalId ? workspace.views.findByExternalId(externalId) : undefined;
  if (other && other !== self) throw new SlackError('duplicate_external_id');
}
