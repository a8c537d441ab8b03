import { z } from 'zod';
import { appendAudit } from '../audit.ts';
import { markDrift } from '../drift/driftMarks.ts';
import type { RawQuery } from '../rawQuery.ts';
import type { ImportSections } from './summary.ts';

/** What is to be remembered of an import. */
export interface ImportRecord {
  organizationId: number;
  organization: { name: string; timeZone: string; locale: string };
  key: string;
  at: Date;
  /** Null: imported from the command line. */
  actor: { userId: number; code: string; name: string } | null;
  /** SHA-256 of the file. */
  hash: string;
  sections: ImportSections;
}

const IMPORT_KIND = 'import_organization';

const Claimed = z.tuple([z.object({ id: z.number() })]);

/** Writes the operation and its audit record. @returns the operation's id. */
export async function recordImport(query: RawQuery, record: ImportRecord): Promise<number> {
  const { organizationId, at, actor, hash } = record;
  const [{ id }] = Claimed.parse(
    await query(
      `INSERT INTO operations (organization_id, key, kind, actor_user_id, at, plan_hash, snapshot, outcome)
       VALUES ($1::int, $2::uuid, $3, $4::int, $5::timestamptz, $6, $7::jsonb, $8::jsonb)
       RETURNING id`,
      [
        ...[organizationId, record.key, IMPORT_KIND, actor?.userId ?? null, at.toISOString(), hash],
        ...[JSON.stringify({ organization: record.organization }), JSON.stringify({ sections: record.sections })],
      ],
    ),
  );
  await appendAudit(query, {
    ...{ organizationId, operationId: id, at, action: IMPORT_KIND, planHash: hash },
    actor: actor && { code: actor.code, name: actor.name },
    subject: { organization: record.organization },
    before: null,
    after: { sections: record.sections },
  });
  // Anybody's row may have changed: a worker looks at everything again
  await markDrift(query, { organizationId, operationId: null, packageNumber: null });
  return id;
}
