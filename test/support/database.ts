import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../src/persistence/database.ts';
import { TEMPLATE_DATABASE } from './globalSetup.ts';

export interface TestDatabase {
  database: Database;
  /** Connection string, for second connections and other programs. */
  url: string;
  drop(): Promise<void>;
}

/** A database of its own: a copy of the migrated template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = inject('serverUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE} STRATEGY file_copy`);
  const url = serverUrl.replace(/\/postgres$/, `/${name}`);
  const database = openDatabase(url);
  return {
    database,
    url,
    async drop() {
      await database.close();
      await onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Copies of one template take turns: PostgreSQL refuses a template that somebody is connected to
    await client.query(sql);
  } finally {
    await client.end();
  }
}
