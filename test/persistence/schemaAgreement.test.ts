import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

/** PostgreSQL's name of each Prisma type that the schema uses. */
const TYPES: Record<string, string> = {
  ...{ Int: 'int4', BigInt: 'int8', String: 'text', Boolean: 'bool', DateTime: 'timestamptz', Json: 'jsonb' },
  ...{ 'Int[]': '_int4', 'String[]': '_text', 'Boolean[]': '_bool' },
};

interface Schema {
  /** `table.column type null|not null`. */
  columns: string[];
  /** `table(columns)` of primary keys and unique constraints. */
  keys: string[];
  /** `enum(values)`. */
  enums: string[];
}

/** What schema.prisma says, read line by line: one field, attribute or value a line. */
function parsePrisma(source: string): Schema {
  const schema: Schema = { columns: [], keys: [], enums: [] };
  for (const [, kind, , body = ''] of source.matchAll(/^(model|enum) (\w+) \{\n([\s\S]*?)^\}/gm)) {
    const name = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? '';
    const lines = body
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
    if (kind === 'enum') {
      schema.enums.push(`${name}(${lines.filter((line) => !line.startsWith('@@')).join(',')})`);
      continue;
    }
    const columnOf = new Map<string, string>();
    for (const line of lines.filter((each) => !each.startsWith('@@'))) {
      const [field = '', type = ''] = line.split(/\s+/);
      const column = /@map\("(\w+)"\)/.exec(line)?.[1] ?? field;
      columnOf.set(field, column);
      const bare = type.replace('?', '');
      const sqlType = line.includes('@db.Uuid')
        ? 'uuid'
        : (TYPES[bare] ?? bare.replace(/(?!^)[A-Z]/g, '_$&').toLowerCase());
      schema.columns.push(`${name}.${column} ${sqlType} ${type.endsWith('?') ? 'null' : 'not null'}`);
      if (/@(id|unique)\b/.test(line)) schema.keys.push(`${name}(${column})`);
    }
    for (const [, fields = ''] of body.matchAll(/@@(?:id|unique)\(\[([^\]]*)\]/g)) {
      schema.keys.push(
        `${name}(${fields
          .split(', ')
          .map((field) => columnOf.get(field))
          .join(',')})`,
      );
    }
  }
  return schema;
}

/** What the migrations made. */
async function readDatabase(): Promise<Schema> {
  const list = async (sql: string) =>
    (await test.database.pool.query<{ said: string }>(sql)).rows.map(({ said }) => said);
  return {
    columns: await list(`
      SELECT c.table_name || '.' || c.column_name || ' ' || c.udt_name || ' ' ||
             CASE c.is_nullable WHEN 'YES' THEN 'null' ELSE 'not null' END AS said
      FROM information_schema.columns c
      JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.table_name <> '_prisma_migrations'`),
    keys: await list(`
      SELECT k.conrelid::regclass || '(' || string_agg(a.attname, ',' ORDER BY position) || ')' AS said
      FROM pg_constraint k
      CROSS JOIN LATERAL unnest(k.conkey) WITH ORDINALITY AS key(number, position)
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = key.number
      WHERE k.contype IN ('p', 'u') AND k.connamespace = 'public'::regnamespace
        AND k.conrelid <> '_prisma_migrations'::regclass
      GROUP BY k.oid, k.conrelid`),
    enums: await list(`
      SELECT t.typname || '(' || string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) || ')' AS said
      FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid
      WHERE t.typnamespace = 'public'::regnamespace GROUP BY t.typname`),
  };
}

it('has the same columns, keys and enums in schema.prisma as in the migrated database', async () => {
  const source = await readFile(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8');
  const prisma = parsePrisma(source);
  const database = await readDatabase();
  expect(prisma.columns.length).toBeGreaterThan(80);
  for (const part of ['columns', 'keys', 'enums'] as const) {
    expect({ [part]: [...prisma[part]].sort() }).toEqual({ [part]: [...database[part]].sort() });
  }
});
