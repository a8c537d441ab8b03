import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { ensureDatabase, startEmbeddedPostgres } from '../../src/database/embeddedPostgres.ts';
import { migrate } from '../../src/database/migrate.ts';
import { installQueue } from '../../src/jobs/installQueue.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the maintenance database of the test server. */
    serverUrl: string;
  }
}

/** Every test database is a copy of this one. */
export const TEMPLATE_DATABASE = 'template_quartermaster';

/** Durability is of no use to a database that is thrown away. */
const SPEED_OVER_SAFETY = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];

/** Starts one real PostgreSQL for the whole run, with a migrated template database; stops and deletes it at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const parent = await mkdtemp(join(tmpdir(), 'quartermaster-test-'));
  const server = await startEmbeddedPostgres({ dataDir: join(parent, 'data'), settings: SPEED_OVER_SAFETY });
  await ensureDatabase(server, TEMPLATE_DATABASE);
  await migrate(server.urlOf(TEMPLATE_DATABASE), fileURLToPath(new URL('../../prisma/migrations', import.meta.url)));
  await installQueue(server.urlOf(TEMPLATE_DATABASE));
  project.provide('serverUrl', server.urlOf('postgres'));
  return async () => {
    await server.stop();
    await rm(parent, { recursive: true, force: true });
    // As root the data may have gone to a shared place instead
    if (!server.directory.startsWith(parent)) await rm(join(server.directory, '..'), { recursive: true, force: true });
  };
}
