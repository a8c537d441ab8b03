import type { Membership } from '../../engine/readModels/access.ts';
import type { Texts } from './texts/index.ts';
import { packageName } from './wording.ts';

/** A person's packages, one a line; what suspends or ended them is said. */
export function membershipLines(texts: Texts, memberships: readonly Membership[]): string {
  if (memberships.length === 0) return texts.home.noPackages;
  return memberships
    .map((membership) => {
      const notes = [
        ...(membership.state === 'former' ? [texts.home.former] : []),
        ...(membership.packageState === 'disabled' ? [texts.home.suspended] : []),
      ];
      const end = membership.endsAt ? [texts.ends.until(texts.lastDay(membership.endsAt))] : [];
      const icon = membership.state === 'active' && notes.length === 0 ? ':large_green_circle:' : ':white_circle:';
      return `${icon} ${packageName(texts, membership)}${said(notes.concat(end))}`;
    })
    .join('\n');
}

function said(notes: readonly string[]): string {
  return notes.length > 0 ? ` (${notes.join('; ')})` : '';
}
