import type { JsonObject } from '../json.ts';
import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';

/** A method of the Web API: returns the answer without `ok`, or throws a `SlackError`. */
export type Method = (args: Args, workspace: Workspace) => JsonObject;

/** A family of methods by name, such as `views.open`. */
export type Methods = Record<string, Method>;
