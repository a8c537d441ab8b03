import { getOrganization, type Organization } from '../../persistence/organizations.ts';
import { hashOf } from '../core/canonicalJson.ts';
import { EngineError } from '../errors.ts';
import { runAdministration } from './runAdministration.ts';
import type { Command, EngineContext, OperationDone } from './runOperation.ts';

/** What an administrator decides about the organization itself. */
export type OrganizationDetails = Pick<Organization, 'name' | 'timeZone' | 'locale' | 'brakeShare'>;

/**
 * Changes the organization's name, its time zone (in which every moment is told), its language (for whoever's Slack
 * tells none), and from what share of a package's members on access is taken only after a second confirmation (1 to 100
 * %). Needs `administer`.
 * @throws EngineError `unknown_time_zone`, `nothing_changed`.
 */
export function editOrganization(
  context: EngineContext,
  command: Command & { details: OrganizationDetails },
): Promise<OperationDone<Record<string, never>>> {
  const { organizationId } = command.actor;
  return runAdministration(
    context,
    { kind: 'edit_organization', needs: 'administer', command },
    async (transaction) => {
      const { name, timeZone, locale, brakeShare } = await getOrganization(transaction, organizationId);
      const before = { name, timeZone, locale, brakeShare };
      const after = { ...command.details };
      if (!isTimeZone(after.timeZone)) throw new EngineError('unknown_time_zone', { timeZone: after.timeZone });
      if (hashOf(before) === hashOf(after)) throw new EngineError('nothing_changed', {});
      await transaction.organization.update({ where: { id: organizationId }, data: after });
      return { subject: { organization: after.name }, before, after, outcome: {} };
    },
  );
}

/** Whether moments can be told in this time zone. */
function isTimeZone(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone }));
  } catch {
    return false;
  }
}
