import { countOpenOperations } from '../../persistence/backgroundOperations.ts';
import type { Actor } from '../core/metaPermissions.ts';
import type { EngineContext } from '../operations/runOperation.ts';

/** How many operations that somebody confirmed still wait for a worker, or are at work. Anyone may see their own. */
export function countOwnBackground({ database: { prisma } }: EngineContext, actor: Actor): Promise<number> {
  return countOpenOperations(prisma, actor);
}
