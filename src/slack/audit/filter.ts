import { endOfDay, startOfDay } from '../../engine/core/zonedDay.ts';
import type { AuditFilter } from '../../engine/readModels/audit.ts';
import type { AuditState } from '../kit/screenRefs.ts';

/** What is searched for, with its days as moments: both days count whole, in the organization's time zone. */
export function filterOf(timeZone: string, { userId, number, kind, from, to }: AuditState): AuditFilter {
  return {
    ...{ userId, packageNumber: number, kind },
    from: from === null ? null : startOfDay(from, timeZone),
    to: to === null ? null : endOfDay(to, timeZone),
  };
}
