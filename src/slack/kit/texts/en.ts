import { assignments } from './en/assignments.ts';
import { audit } from './en/audit.ts';
import { auditWords } from './en/auditWords.ts';
import { away } from './en/away.ts';
import { basics } from './en/basics.ts';
import { brake } from './en/brake.ts';
import { catalog } from './en/catalog.ts';
import { clone } from './en/clone.ts';
import { delivery } from './en/delivery.ts';
import { drift } from './en/drift.ts';
import { ends } from './en/ends.ts';
import { errors } from './en/errors.ts';
import { explain } from './en/explain.ts';
import { inputs } from './en/inputs.ts';
import { manage } from './en/manage.ts';
import { notices } from './en/notices.ts';
import { overview } from './en/overview.ts';
import { packages } from './en/packages.ts';
import { people } from './en/people.ts';
import { personPlan } from './en/personPlan.ts';
import { policies } from './en/policies.ts';
import { profiles } from './en/profiles.ts';
import { requests } from './en/requests.ts';
import { rules } from './en/rules.ts';
import { settings } from './en/settings.ts';
import { sourcePreview } from './en/sourcePreview.ts';
import { statuses } from './en/statuses.ts';
import { sync } from './en/sync.ts';

/** Every English text that people read in Slack. The other languages have the same shape. */
export const en = {
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
