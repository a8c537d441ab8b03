import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Database } from '../../persistence/database.ts';
import { readHistories } from '../../persistence/historyBursts.ts';
import { checkFile } from '../../persistence/import/checkFile.ts';
import { type CopyTransaction, inCopyTransaction } from '../../persistence/import/copyTransaction.ts';
import { identify, resolveAuthorizations } from '../../persistence/import/identify.ts';
import { type ImportTarget, takeOrganization } from '../../persistence/import/importedOrganization.ts';
import { checkLeftOvers, findNarrowedPermissions } from '../../persistence/import/leftOvers.ts';
import { mergeAdministrators } from '../../persistence/import/mergeAdministrators.ts';
import { mergeAuthorizations } from '../../persistence/import/mergeAuthorizations.ts';
import { mergeApplications, mergeGrants } from '../../persistence/import/mergeCatalog.ts';
import { mergePackages } from '../../persistence/import/mergePackages.ts';
import { mergePeople } from '../../persistence/import/mergePeople.ts';
import { ImportError, type ImportProblem, ProblemList } from '../../persistence/import/problems.ts';
import { recordImport } from '../../persistence/import/recordImport.ts';
import { type ImportProgress, type StagedFile, stageFile } from '../../persistence/import/stageFile.ts';
import {
  CREATE_IDENTITIES,
  CREATE_STAGING,
  IDENTITY_TABLES,
  STAGING_TABLES,
} from '../../persistence/import/stagingTables.ts';
import { changedAnything, type ImportSections } from '../../persistence/import/summary.ts';

export { ImportError, type ImportProblem, type ImportProgress };

export interface ImportInput {
  database: Database;
  /** The file's bytes; text is taken as UTF-8. */
  source: AsyncIterable<Buffer | string>;
  target: ImportTarget;
  now: Date;
  /** Who imports; null or absent: the command line. */
  actor?: { userId: number; code: string; name: string } | null;
  /** Key of the operation; a random one if absent. Another import under the same key is refused by the database. */
  key?: string;
  onProgress?: (progress: ImportProgress) => void;
}

export interface ImportSummary {
  organizationId: number;
  organizationName: string;
  /** What was created, changed and found unchanged, by kind. */
  sections: ImportSections;
  /** SHA-256 of the file. */
  hash: string;
  /** The operation that was recorded; null where nothing changed. */
  operationId: number | null;
}

/**
 * Imports an organization from a file of any size, all of it or nothing.
 *
 * The file must be complete in itself: what it refers to is in it. What it lists becomes what it says; what the
 * organization has and the file does not list is left alone. A listed element's own lists are taken as a whole: members
 * of a group, reference structures of a package, permissions and users of a profile, meta-permissions of an
 * administrator. Not so what is kept for ever: a package's permissions, members and former members that are not listed
 * stay as they are, and so do authorizations. An application's MAIN is the one that the file names, if it names one.
 * An application, permission or structure that was retired and that the file lists is back on offer: what else the file
 * says may need it. One that it does not list stays retired.
 *
 * Importing the same file again changes nothing, and then neither operation nor audit record is written. Nobody is
 * notified of an import.
 *
 * @throws ImportError with every problem of the file, in its order; then nothing has been written.
 */
export async function importOrganization(input: ImportInput): Promise<ImportSummary> {
  const summary = await inCopyTransaction(input.database, async (transaction) => ({
    result: await importInTransaction(transaction, input),
    keep: true,
  }));
  if (summary.operationId !== null) await input.database.pool.query(`ANALYZE ${WRITTEN_TABLES.join(', ')}`);
  return summary;
}

/** Bulk-written tables: with stale statistics the next operation could be planned badly (PERFORMANCE, traps). */
const WRITTEN_TABLES = [
  ...['structures', 'users', 'groups', 'group_members', 'applications', 'permissions', 'packages'],
  ...['package_permissions', 'assignments', 'app_auth', 'profiles', 'profile_permissions', 'profile_users', 'rules'],
];

async function importInTransaction(
  { client, query, writer }: CopyTransaction,
  { source, target, now, actor = null, key = randomUUID(), onProgress }: ImportInput,
): Promise<ImportSummary> {
  // For the few large sorts and joins of this transaction; a server's default is meant for many small ones
  await client.query(`SET LOCAL work_mem = '256MB'; SET LOCAL jit = off; ${CREATE_STAGING} ${CREATE_IDENTITIES}`);

  const problems = new ProblemList();
  const file = await stageFile(source, writer, problems, onProgress);
  await client.query(`ANALYZE ${STAGING_TABLES.join(', ')}`);

  // Other problems are worth finding even where the organization itself is wrong
  const header = file.organization ?? { name: '', timeZone: 'UTC', locale: 'en' as const };
  const organization = await takeOrganization(query, header, target);
  await identify(query, organization.id);
  await client.query(`ANALYZE ${IDENTITY_TABLES.join(', ')}`);
  await resolveAuthorizations(query);
  await checkFile(query, organization.id, (section) => file.counts.has(section as never), problems);
  problems.throwIfAny();

  // The file can change anything that decides about access
  await readHistories(query, organization.id, 'everybody');
  const narrowed = await findNarrowedPermissions(query, organization.id);
  const sections = { organization: organization.counts, ...(await mergeFile(client, organization.id, file, now)) };
  await checkLeftOvers(query, organization.id, narrowed, problems);
  problems.throwIfAny();

  const record = {
    organizationId: organization.id,
    organization: header,
    key,
    at: now,
    actor,
    hash: file.hash,
    sections,
  };
  const operationId = changedAnything(sections) ? await recordImport(query, record) : null;
  return {
    organizationId: organization.id,
    organizationName: header.name,
    ...{ sections, hash: file.hash, operationId },
  };
}

async function mergeFile(
  client: pg.PoolClient,
  organizationId: number,
  { counts }: StagedFile,
  at: Date,
): Promise<Omit<ImportSections, 'organization'>> {
  const total = (section: Parameters<typeof counts.get>[0]) => counts.get(section) ?? 0;
  return {
    ...(await mergePeople(client, organizationId, {
      structures: total('structures'),
      users: total('users'),
      groups: total('groups'),
      at,
    })),
    ...(await mergeApplications(client, organizationId, total('applications'))),
    ...(await mergePackages(client, organizationId, total('packages'))),
    authorizations: await mergeAuthorizations(client, organizationId, total('authorizations')),
    ...(await mergeGrants(client, organizationId, { profiles: total('profiles'), rules: total('rules') })),
    administrators: await mergeAdministrators(client, organizationId, total('administrators')),
  };
}
