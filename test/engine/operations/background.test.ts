import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type BackgroundRequest,
  enqueueBackground,
  enqueueBackgroundIn,
} from '../../../src/engine/operations/enqueueBackground.ts';
import { endAbandoned, runBackground } from '../../../src/engine/operations/runBackground.ts';
import { assignmentOf } from '../../support/background.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOrganization, TEST_NOW, type TestOrganization } from '../../support/organization.ts';

let test: TestDatabase;
let organization: TestOrganization;
let request: BackgroundRequest<'assign_package'>;
let reported: unknown[];

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  organization = await createOrganization(test.database);
  await organization.addPackage(1, { 'registry/open': ['granted'] });
  request = await assignmentOf(organization, 1, await organization.addUsers('ANA', 'BEN'));
  reported = [];
});

const watch = (lastAttempt: boolean) => ({
  lastAttempt,
  onBegun: () => undefined,
  report: (error: unknown) => `reference-${reported.push(error)}`,
});
const ref = () => ({ organizationId: organization.id, key: request.key });
const run = (lastAttempt = false) => runBackground(organization.context, ref(), watch(lastAttempt));
const stored = () =>
  test.database.prisma.backgroundOperation.findUniqueOrThrow({ where: { organizationId_key: ref() } });
const where = () => ({ where: { organizationId: organization.id } });

async function counts() {
  const jobs = await test.database.pool.query('SELECT FROM graphile_worker.jobs WHERE key LIKE $1', [
    `%:${organization.id}:%`,
  ]);
  return {
    operations: await test.database.prisma.operation.count(where()),
    audits: await test.database.prisma.auditRecord.count(where()),
    background: await test.database.prisma.backgroundOperation.count(where()),
    jobs: jobs.rowCount,
  };
}

/** Lets every audit record of the organization fail, as a fault of ours would. */
async function breakAudit() {
  await test.database.pool.query(`
    CREATE FUNCTION refuse_${organization.id}() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF NEW.organization_id = ${organization.id} THEN RAISE 'out of order'; END IF; RETURN NEW; END $$;
    CREATE TRIGGER refuse_${organization.id} BEFORE INSERT ON audit_records
      FOR EACH ROW EXECUTE FUNCTION refuse_${organization.id}()`);
}
const repairAudit = () => test.database.pool.query(`DROP FUNCTION refuse_${organization.id} CASCADE`);

describe('leaving an operation to a worker', () => {
  it('writes the operation and its job in one transaction, or neither', async () => {
    const attempt = test.database.prisma.$transaction(async (transaction) => {
      expect(await enqueueBackgroundIn(transaction, TEST_NOW, request)).toBe(true);
      throw new Error('the caller changed its mind');
    });
    await expect(attempt).rejects.toThrow('the caller changed its mind');
    expect(await counts()).toMatchObject({ background: 0, jobs: 0 });
    await enqueueBackground(organization.context, request);
    expect(await counts()).toMatchObject({ background: 1, jobs: 1, operations: 0 });
  });

  it('makes one operation and one job of the same key, at the same moment too', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => enqueueBackground(organization.context, request)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await counts()).toMatchObject({ background: 1, jobs: 1 });
    await run();
    expect(await enqueueBackground(organization.context, request)).toBe(false);
    expect(await stored()).toMatchObject({ state: 'done' });
  });

  it('refuses whoever may not do it', async () => {
    const actor = await organization.addAdministrator('READER', 'view');
    const attempt = enqueueBackground(organization.context, { ...request, actor });
    await expect(attempt).rejects.toMatchObject({ code: 'not_allowed', details: { needs: 'assign_packages' } });
    expect(await counts()).toMatchObject({ background: 0, jobs: 0 });
  });
});

describe('doing it', () => {
  it('does the operation once, however often it is begun, and keeps what it did', async () => {
    await enqueueBackground(organization.context, request);
    await Promise.all([run(), run()]);
    await run();
    expect(await counts()).toMatchObject({ operations: 1, audits: 1 });
    const operation = await test.database.prisma.operation.findFirstOrThrow(where());
    expect(operation.key).toBe(request.key);
    expect(await stored()).toMatchObject({
      ...{ state: 'done', operationId: operation.id, startedAt: TEST_NOW, finishedAt: TEST_NOW, error: null },
      outcome: { assigned: 2, written: 2 },
    });
  });

  it('ends with the reason where the engine refuses, and may be confirmed again', async () => {
    await enqueueBackground(organization.context, request);
    const state = (value: 'active' | 'disabled') =>
      test.database.prisma.package.updateMany({ ...where(), data: { state: value } });
    await state('disabled');
    await run();
    expect(await stored()).toMatchObject({
      state: 'failed',
      error: { code: 'package_disabled', details: { number: 1, name: 'Package 1' } },
    });
    await state('active');
    expect(await enqueueBackground(organization.context, request)).toBe(true);
    await run();
    expect(await stored()).toMatchObject({ state: 'done', error: null });
    expect(await counts()).toMatchObject({ operations: 1, audits: 1 });
  });

  it('is tried again after an error that nobody foresaw, and in the end fails with a reference', async () => {
    await enqueueBackground(organization.context, request);
    await breakAudit();
    await expect(run()).rejects.toThrow('out of order');
    expect(await stored()).toMatchObject({ state: 'running' });
    await run(true);
    expect(await stored()).toMatchObject({ state: 'failed', error: { reference: 'reference-1' } });
    expect(String(reported[0])).toContain('out of order');
    await repairAudit();
    await run();
    expect(await counts()).toMatchObject({ operations: 0 });
  });

  it('counts as done what was committed before somebody lost the right to it', async () => {
    await enqueueBackground(organization.context, request);
    await run();
    // As a worker leaves it that dies after the commit
    await test.database.prisma.backgroundOperation.updateMany({ ...where(), data: { state: 'running' } });
    await test.database.prisma.metaPermission.deleteMany(where());
    await run();
    expect(await stored()).toMatchObject({ state: 'done' });
  });
});

describe('operations that no worker takes up any more', () => {
  const exhaust = () =>
    test.database.pool.query('UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE key LIKE $1', [
      `%:${organization.id}:%`,
    ]);
  const sweep = () => endAbandoned(organization.context, (error) => `reference-${reported.push(error)}`);

  it('end with a reference, and those that wait are left alone', async () => {
    await enqueueBackground(organization.context, request);
    await sweep();
    expect(await stored()).toMatchObject({ state: 'queued' });
    await exhaust();
    await sweep();
    expect(await stored()).toMatchObject({ state: 'failed', error: { reference: 'reference-1' } });
  });
});
