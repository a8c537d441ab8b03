import type { Actor } from '../../src/engine/core/metaPermissions.ts';
import type { EngineContext } from '../../src/engine/operations/runOperation.ts';
import type { Database } from '../../src/persistence/database.ts';
import type { Measured } from './compare.ts';
import type { BenchOptions } from './options.ts';

/** What every bench gets: the seeded database, and who acts. */
export interface BenchContext {
  options: BenchOptions;
  url: string;
  database: Database;
  engine: EngineContext;
  actor: Actor;
  say: (line: string) => void;
}

/** A bench: the product beside a baseline, in one run. */
export interface Bench {
  name: string;
  run(context: BenchContext): Promise<Measured[]>;
}
