import { assignments } from './es/assignments.ts';
import { basics } from './es/basics.ts';
import { catalog } from './es/catalog.ts';
import { clone } from './es/clone.ts';
import { errors } from './es/errors.ts';
import { explain } from './es/explain.ts';
import { inputs } from './es/inputs.ts';
import { manage } from './es/manage.ts';
import { notices } from './es/notices.ts';
import { overview } from './es/overview.ts';
import { packages } from './es/packages.ts';
import { people } from './es/people.ts';
import { settings } from './es/settings.ts';
import { statuses } from './es/statuses.ts';
import { sync } from './es/sync.ts';
import type { Wording } from './texts.ts';

/** Every Spanish text that people read in Slack. */
export const es: Wording = {
  app: 'Quartermaster',
  ...basics,
  ...statuses,
  ...overview,
  ...packages,
  ...assignments,
  ...sync,
  ...manage,
  ...notices,
  ...errors,
  ...settings,
  ...explain,
  ...people,
  ...catalog,
  ...inputs,
  ...clone,
};
