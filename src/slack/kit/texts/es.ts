import { assignments } from './es/assignments.ts';
import { audit } from './es/audit.ts';
import { auditWords } from './es/auditWords.ts';
import { away } from './es/away.ts';
import { basics } from './es/basics.ts';
import { brake } from './es/brake.ts';
import { catalog } from './es/catalog.ts';
import { clone } from './es/clone.ts';
import { delivery } from './es/delivery.ts';
import { drift } from './es/drift.ts';
import { ends } from './es/ends.ts';
import { errors } from './es/errors.ts';
import { explain } from './es/explain.ts';
import { inputs } from './es/inputs.ts';
import { manage } from './es/manage.ts';
import { notices } from './es/notices.ts';
import { overview } from './es/overview.ts';
import { packages } from './es/packages.ts';
import { people } from './es/people.ts';
import { personPlan } from './es/personPlan.ts';
import { policies } from './es/policies.ts';
import { profiles } from './es/profiles.ts';
import { requests } from './es/requests.ts';
import { rules } from './es/rules.ts';
import { settings } from './es/settings.ts';
import { sourcePreview } from './es/sourcePreview.ts';
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
  ...personPlan,
  ...people,
  ...catalog,
  ...profiles,
  ...rules,
  ...sourcePreview,
  ...audit,
  ...auditWords,
  ...inputs,
  ...clone,
  ...requests,
  ...policies,
  ...away,
  ...ends,
  ...brake,
  ...delivery,
  ...drift,
};
