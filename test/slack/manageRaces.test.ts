import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lockOrganization } from '../../src/persistence/organizationLock.ts';
import { rawQueryOf } from '../../src/persistence/rawQuery.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { TEST_NOW } from '../support/organization.ts';
import { createManageDesk, type ManageDesk } from './manageDesk.ts';
import {
  type Driver,
  postPayload,
  type SlackOrganization,
  startSlackOrganization,
  submissionPayload,
} from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let admin: Driver;
let ana: number;
let desk: ManageDesk;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, { people: ['ANA', 'BEN'], now: () => TEST_NOW });
  admin = city.admin;
  ana = city.idOf('ANA');
  desk = createManageDesk(test, city);
  await city.organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

describe('while another operation holds the organization', () => {
  /** Holds it until the returned function is called. */
  async function holdOrganization(): Promise<() => Promise<void>> {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isLocked: () => void = () => undefined;
    const locked = new Promise<void>((resolve) => {
      isLocked = resolve;
    });
    const holder = test.database.prisma.$transaction(async (transaction) => {
      await lockOrganization(rawQueryOf(transaction), city.organization.id);
      isLocked();
      await held;
    });
    await locked;
    return () => {
      release();
      return holder;
    };
  }

  it('the window is answered at once, and the outcome comes as a message where all were closed', async () => {
    await desk.openRegistry();
    await admin.click('Set', desk.of('registry/open'));
    await admin.waitForScreen('# Set by hand');
    const release = await holdOrganization();
    expect(await admin.submit()).toMatchObject({ outcome: 'closed' });
    await admin.close();
    expect(await desk.rowOf('registry/open')).toBeNull();
    await release();
    await admin.waitForMessage('Student Registry · Open the registry `MAIN` is set to `granted`.');
    expect(await desk.rowOf('registry/open')).toMatchObject({ active: true, source: null });
  });

  it('a plan that moves is not saved, and it is said', async () => {
    await desk.addMember();
    await desk.openRegistry();
    await admin.click('Disable', desk.of('registry/records'));
    await admin.waitForScreen('# Disable by hand');
    const release = await holdOrganization();
    await admin.submit();
    const where = { organizationId: city.organization.id, userId: ana };
    await test.database.prisma.appAuth.updateMany({ where, data: { packageNumber: null } });
    await release();
    await admin.waitForScreen('Nothing was saved: something changed since you looked.');
    expect(await desk.rowOf('registry/records')).toMatchObject({ active: true });
  });

  it('a confirmation sent twice is saved once', async () => {
    await desk.openRegistry();
    await admin.click('Set', desk.of('registry/open'));
    await admin.waitForScreen('# Set by hand');
    const [below, top] = await admin.stack();
    const view = { ...top?.view, id: String(top?.id), previous_view_id: String(below?.id) };
    const payload = submissionPayload(admin.userId, view);
    await Promise.all([postPayload(city.bench, payload), postPayload(city.bench, payload)]);
    await admin.waitFor(
      ({ modals }) => JSON.stringify(modals).includes('is set to `granted`.'),
      'the applications to be drawn again',
    );
    await city.bench.app.outbox.idle();
    expect(await test.database.prisma.operation.count({ where: { organizationId: city.organization.id } })).toBe(1);
    expect(await city.as('ANA').dm()).toHaveLength(1);
  });
});
