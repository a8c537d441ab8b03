import { countHolders } from '../../persistence/packageHolders.ts';
import type { Brake } from '../core/brake.ts';
import type { Actor } from '../core/metaPermissions.ts';
import { findBrake } from '../operations/holdBrake.ts';
import type { EngineContext } from '../operations/runOperation.ts';

/** The brake on a change that takes access from so many people, as it would be held now; null where none is. */
export function brakeFor(
  { database: { prisma } }: EngineContext,
  { organizationId }: Actor,
  change: { packageNumber: number | null; people: number },
): Promise<Brake | null> {
  return findBrake(prisma, { organizationId, ...change });
}

/** How many active members have something through a package: disabling it takes that from them. */
export function holdersOf(
  { database: { prisma } }: EngineContext,
  { organizationId }: Actor,
  packageNumber: number,
): Promise<number> {
  return countHolders(prisma, { organizationId, packageNumber });
}
