import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changePermission } from '../../src/engine/operations/changePermission.ts';
import { scanDrift } from '../../src/engine/operations/scanDrift.ts';
import { settleDrift } from '../../src/engine/operations/settleDrift.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { TEST_NOW } from '../support/organization.ts';
import { clickPayload, type Driver, postPayload, type SlackOrganization, startSlackOrganization } from './support.ts';

const DAY = 24 * 3_600_000;

let test: TestDatabase;
let city: SlackOrganization;
let admin: Driver;
let now: Date;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  // The clock goes back between tests, and the pace of channels with it
  await test.database.prisma.slackPace.deleteMany();
  now = TEST_NOW;
  const people = ['ANA', 'BEN', 'CAT', 'DAN', 'EVA', 'FAY'];
  city = await startSlackOrganization(test, { people, now: () => now });
  admin = city.admin;
  await city.organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['view', 'REG'] });
  await test.database.prisma.driftChannel.create({
    data: { organizationId: city.organization.id, packageNumber: 0, channel: 'C0GENERAL' },
  });
  await scan();
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

const engine = () => ({ database: test.database, now: () => now });
const scan = () => scanDrift(engine(), city.organization.id);

/** Looks at what changed, and tells it. */
async function tell(look: () => Promise<unknown> = scan): Promise<void> {
  await look();
  await city.bench.app.outbox.idle();
}

async function join(...codes: string[]): Promise<void> {
  for (const code of codes) await city.organization.addMember(1, city.idOf(code));
}

/** Posted messages about drift, oldest first, each with what stands in its thread. */
async function digests() {
  const messages = await admin.messages('general');
  const roots = messages.filter(({ threadTs }) => threadTs === null);
  return roots.map((root) => ({
    root,
    text: admin.textOfMessage(root),
    thread: messages.filter(({ threadTs }) => threadTs === root.ts).map((reply) => reply.text),
  }));
}

const only = async () => {
  const [digest, ...others] = await digests();
  expect(others).toEqual([]);
  if (!digest) throw new Error('Nothing was told');
  return digest;
};

describe('the message about drift', () => {
  it('is one a day, kept up to date with its thread; another day has another', async () => {
    await tell();
    expect(await digests()).toEqual([]);
    await join('ANA', 'BEN');
    await tell();
    const first = await only();
    expect(first.text).toContain('Drift of *package:1* Package 1: 4 new, 0 changed, 0 resolved');
    expect(first.text).toContain('*package:1 Package 1 · drift on 3 May 2026*');
    expect(first.text).toContain(':small_red_triangle: *New:* 4 permissions of 2 people');
    expect(first.text).toContain('`▁▁▁▁▁▁▁▁▁▁▁▁▁█` last 14 days: from 0 to 4');
    expect(first.thread).toEqual([
      [
        ':small_red_triangle: Person ANA `ANA` · Student Registry · Open the registry `MAIN`: Not granted',
        ':small_red_triangle: Person ANA `ANA` · Student Registry · Student records: Not granted',
        ':small_red_triangle: Person BEN `BEN` · Student Registry · Open the registry `MAIN`: Not granted',
        ':small_red_triangle: Person BEN `BEN` · Student Registry · Student records: Not granted',
      ].join('\n'),
    ]);
    await city.organization.addRow(city.idOf('ANA'), 'registry/open', { value: 'granted', packageNumber: 1 });
    await city.organization.addRow(city.idOf('ANA'), 'registry/records', { value: 'edit' });
    await tell();
    const second = await only();
    expect(second.root.ts).toBe(first.root.ts);
    expect(second.text).toContain('3 new, 0 changed, 0 resolved');
    expect(second.thread[0]).not.toContain('Person ANA `ANA` · Student Registry · Open the registry');
    expect(second.thread[0]).toContain(
      'Person ANA `ANA` · Student Registry · Student records: Divergent (set by hand)',
    );

    now = new Date(TEST_NOW.getTime() + DAY);
    await tell();
    expect(await digests()).toHaveLength(1);
    await test.database.prisma.appAuth.updateMany({
      ...{ where: { organizationId: city.organization.id, userId: city.idOf('ANA'), value: 'edit' } },
      ...{ data: { packageNumber: 1, value: 'view', param: 'REG' } },
    });
    await tell();
    const [, next] = await digests();
    expect(next?.text).toContain('0 new, 0 changed, 1 resolved');
    expect(next?.text).toContain('In all: 2 permissions of 1 person differ from the package.');
  });

  it('says so where what was told has come and gone', async () => {
    await join('ANA');
    await tell();
    await test.database.prisma.assignment.deleteMany({ where: { organizationId: city.organization.id } });
    await tell();
    const { text, thread } = await only();
    expect(text).toContain('What changed today is as it was before.');
    expect(text).toContain('No drift is left. What was accepted does not count.');
    expect(text).not.toContain('[Sync]');
    expect(thread).toEqual([':white_check_mark: What changed today is as it was before.']);
  });

  it('is in the language of the organization', async () => {
    await test.database.prisma.organization.update({ where: { id: city.organization.id }, data: { locale: 'es' } });
    await join('ANA');
    await tell();
    const { text } = await only();
    expect(text).toContain('package:1 Package 1 · desviaciones del 3 may 2026');
    expect(text).toContain(':small_red_triangle: *Nuevas:* 2 permisos de 1 persona');
    expect(text).toContain('[Revisar]');
  });

  it('follows an operation by itself', async () => {
    await join('ANA');
    const row = { value: 'view', param: 'REG', packageNumber: 1 };
    await city.organization.addRow(city.idOf('ANA'), 'registry/records', row);
    await city.organization.addRow(city.idOf('ANA'), 'registry/open', { value: 'granted', packageNumber: 1 });
    const { context, admin: actor, permissions } = city.organization;
    const changed = { number: 1, permissionId: permissions['registry/records'], value: 'edit', structures: ['REG'] };
    await changePermission(context, { actor, key: randomUUID(), ...changed });
    const message = await admin.waitForMessage('Drift of *package:1* Package 1: 1 new, 0 changed, 0 resolved');
    expect(message.channel).toBe('C0GENERAL');
  });
});

describe('the buttons of the message', () => {
  beforeEach(async () => {
    await join('ANA', 'BEN');
    await city.organization.addRow(city.idOf('BEN'), 'registry/records', { value: 'edit' });
    await tell();
  });

  it('sync what is safe, and leave what somebody decided', async () => {
    await admin.click('Sync', { in: (await only()).root });
    await admin.waitForMessage('3 permissions of 2 people are as *package:1* Package 1 says');
    await tell(() => settleDrift(engine(), city.organization.id));
    expect((await only()).text).toContain('No drift is left. What was accepted does not count.');
    const row = await test.database.prisma.appAuth.findFirst({
      where: { organizationId: city.organization.id, userId: city.idOf('BEN'), value: 'edit' },
    });
    expect(row?.packageNumber).toBeNull();
  });

  it('leave to the page of the sync what needs a second confirmation or approval', async () => {
    await test.database.prisma.appAuth.deleteMany({ where: { organizationId: city.organization.id } });
    const records = { value: 'admin', param: 'REG', packageNumber: 1 };
    for (const code of ['CAT', 'DAN', 'EVA']) await join(code);
    for (const code of ['ANA', 'BEN', 'CAT', 'DAN', 'EVA']) {
      await city.organization.addRow(city.idOf(code), 'registry/open', { value: 'granted', packageNumber: 1 });
      await city.organization.addRow(city.idOf(code), 'registry/records', records);
    }
    await admin.click('Sync', { in: (await only()).root });
    await admin.waitForMessage('Syncing *package:1* Package 1 needs more than one click');
    expect(await test.database.prisma.operation.count({ where: { organizationId: city.organization.id } })).toBe(0);
    await admin.click('Review', { in: (await only()).root });
    await admin.waitForScreen('*5* to sync');
    await admin.submit();
    await admin.waitForScreen('5 permissions of 5 people will be as the package says');
    await admin.submit();
    await admin.waitForModal('Second confirmation');
  });

  it('open the sync of the package', async () => {
    await admin.click('Review', { in: (await only()).root });
    const screen = await admin.waitForScreen('*3* to sync');
    expect(screen).toContain('Differs from the package (4)');
  });

  it('end a snooze early: what happened meanwhile is told at once', async () => {
    now = new Date(TEST_NOW.getTime() + 60_000);
    await admin.select('drift_snooze', 'For a week', { in: (await only()).root });
    await admin.waitForMessage(':zzz: The drift of *package:1* Package 1 is announced again from 10 May 2026');
    now = new Date(TEST_NOW.getTime() + DAY);
    await join('CAT');
    await tell();
    expect(await digests()).toHaveLength(1);
    await admin.command('/package drift');
    await admin.waitForScreen('*package:1* Package 1');
    await admin.click('Details');
    await admin.waitForScreen(':zzz: Snoozed until');
    await admin.click('Announce again');
    const screen = await admin.waitForScreen('Drift is announced again, with what happened meanwhile.');
    expect(screen).not.toContain('Snoozed until');
    await city.bench.app.outbox.idle();
    const [, told] = await digests();
    expect(told?.text).toContain('2 new, 0 changed, 0 resolved');
  });

  it('snooze: nothing new is posted, and afterwards comes what happened meanwhile', async () => {
    now = new Date(TEST_NOW.getTime() + 60_000);
    await admin.select('drift_snooze', 'For a day', { in: (await only()).root });
    await admin.waitForMessage(':zzz: The drift of *package:1* Package 1 is announced again from 4 May 2026');
    await city.bench.app.outbox.idle();
    expect((await only()).text).toContain(':zzz: Snoozed until 4 May 2026, 12:01 CEST.');
    now = new Date(TEST_NOW.getTime() + DAY);
    await join('CAT');
    await tell();
    expect(await digests()).toHaveLength(1);
    now = new Date(TEST_NOW.getTime() + DAY + 60_000);
    await city.bench.app.outbox.idle();
    const [, woken] = await digests();
    expect(woken?.text).toContain(':small_red_triangle: *New:* 2 permissions of 1 person');
  });

  it('accept until a day, for a reason; then it is news again', async () => {
    await admin.click('Accept until…', { in: (await only()).root });
    expect(await admin.waitForScreen('*4 permissions* of *2 people*')).toContain('stay as they are');
    await admin.fill('drift_reason', 'Reorganization');
    await admin.select('drift_until', '2026-05-02');
    expect((await admin.submit()).errors).toEqual({ drift_until: 'Choose a day from today on, at most a year ahead.' });
    await admin.select('drift_until', '2026-05-03');
    await admin.submit();
    await admin.waitForScreen('Accepted until 3 May 2026: 4 permissions of 2 people.');
    await tell(() => settleDrift(engine(), city.organization.id));
    expect((await only()).text).toContain('No drift is left. What was accepted does not count.');
    const record = await test.database.prisma.auditRecord.findFirst({
      where: { organizationId: city.organization.id, action: 'accept_drift' },
    });
    expect(record?.after).toMatchObject({ cells: 4, reason: 'Reorganization', until: '2026-05-03T22:00:00.000Z' });
    now = new Date('2026-05-03T22:00:00Z');
    await tell();
    expect((await digests()).at(-1)?.text).toContain('4 new');
  });

  it('accept nothing where something else has drifted meanwhile, and ask again', async () => {
    await admin.click('Accept until…', { in: (await only()).root });
    await admin.waitForScreen('*4 permissions* of *2 people*');
    await join('CAT');
    await scan();
    await admin.fill('drift_reason', 'Reorganization');
    await admin.select('drift_until', '2026-05-30');
    await admin.submit();
    await admin.waitForScreen('nothing was accepted');
    expect(await admin.screen()).toContain('*6 permissions* of *3 people*');
    expect(
      await test.database.prisma.acceptedDeviation.count({ where: { organizationId: city.organization.id } }),
    ).toBe(0);
  });

  it('do nothing for whoever may not', async () => {
    const operations = () => test.database.prisma.operation.count({ where: { organizationId: city.organization.id } });
    const before = await operations();
    const eva = city.slackIdOf('EVA');
    for (const actionId of ['drift_sync', 'drift_accept', 'drift_scan', 'offer_change_1', 'offer_removal_1']) {
      await postPayload(city.bench, clickPayload(eva, { actionId, value: { number: 1, permissionId: 1 } }));
    }
    const snooze = clickPayload(eva, { actionId: 'drift_snooze', value: {} });
    const chosen = {
      type: 'static_select',
      action_id: 'drift_snooze',
      block_id: 'b',
      selected_option: { value: '1:week' },
    };
    await postPayload(city.bench, { ...snooze, actions: [chosen] });
    await city.bench.app.settled();
    expect(await operations()).toBe(before);
    expect(await test.database.prisma.driftSnooze.count({ where: { organizationId: city.organization.id } })).toBe(0);
    const jobs = await test.database.pool.query('SELECT FROM graphile_worker.jobs WHERE key = $1', [
      `drift:${city.organization.id}:scan`,
    ]);
    expect(jobs.rowCount).toBe(0);
  });
});

describe('/package drift', () => {
  it('lists packages with drift, finds one, and shows how it drifts and went', async () => {
    await join('ANA', 'BEN', 'CAT', 'DAN', 'EVA', 'FAY');
    for (const code of ['ANA', 'BEN', 'CAT', 'DAN', 'EVA']) {
      await city.organization.addRow(city.idOf(code), 'registry/records', { value: 'edit', param: 'REG' });
      await city.organization.addRow(city.idOf(code), 'registry/open', { value: 'granted', reason: 'manual' });
    }
    await tell();
    await admin.command('/package drift');
    const list = await admin.waitForScreen('*package:1* Package 1');
    expect(list).toContain(':warning: 12 permissions of 6 people');
    expect(list).toContain('Last full scan: 3 May 2026, 12:00 CEST.');
    expect(list).toContain('Announced in <#C0GENERAL>');
    await admin.fill('drift_filter', 'nothing like it');
    await admin.submit();
    await admin.waitForScreen('Nothing found for “nothing like it”');
    await admin.fill('drift_filter', '1');
    await admin.submit();
    await admin.waitForScreen('*package:1* Package 1');
    await admin.click('Details');
    const details = await admin.waitForScreen('*12 permissions* of *6 people* differ');
    expect(details).toContain('*Student Registry · Student records*\nDivergent (set by hand): 5 · Not granted: 1');
    expect(details).toContain(
      ':bulb: *5 of 6 people* have Student Registry · Student records as `edit` (REG), where the package says `view` (REG).',
    );
    expect(details).toContain(
      ':bulb: Student Registry · Open the registry `MAIN` is disabled by hand for *5 of 6 people*.',
    );
    await admin.click('Remove the permission…');
    await admin.waitForScreen('Student Registry · Open the registry');
    await admin.close();
    await admin.click('Change the permission…');
    await admin.waitForModal('Change permission');
    // What most of them have is chosen already
    await admin.submit();
    await admin.waitForScreen('Student Registry · Student records was changed. No member differs from it.');
    const { permissions, id: organizationId } = city.organization;
    const where = { organizationId, packageNumber: 1, permissionId: permissions['registry/records'] ?? 0 };
    expect(await test.database.prisma.packagePermission.findFirst({ where })).toMatchObject({ value: 'edit' });
  });

  it('sets the channel of the organization and of a package, for whoever may', async () => {
    await admin.command('/package drift');
    await admin.waitForModal('Drift');
    await admin.click('Channel…');
    await admin.waitForModal('Where drift is announced');
    await admin.select('drift_channel', null);
    await admin.submit();
    await admin.waitForScreen('Announced nowhere: no channel is set.');
    await join('ANA');
    await tell();
    expect(await digests()).toEqual([]);
    await admin.submit();
    await admin.click('Details');
    await admin.waitForScreen('Announced nowhere: neither the package nor the organization has a channel.');
    await admin.click('Channel…');
    await admin.waitForModal('Where drift is announced');
    await admin.select('drift_channel', 'general');
    await admin.submit();
    await admin.waitForScreen('Announced in <#C0GENERAL>, the package’s own channel.');
    const records = await test.database.prisma.auditRecord.findMany({
      ...{ where: { organizationId: city.organization.id, action: 'set_drift_channel' }, orderBy: { seq: 'asc' } },
    });
    expect(records.map(({ subject, before, after }) => ({ subject, before, after }))).toEqual([
      { subject: { package: null }, before: { channel: 'C0GENERAL' }, after: { channel: null } },
      { subject: { package: 1 }, before: { channel: null }, after: { channel: 'C0GENERAL' } },
    ]);
  });

  it('has everything looked at on demand', async () => {
    await join('ANA');
    await admin.command('/package drift');
    expect(await admin.waitForScreen('No drift. What was accepted does not count.')).toContain('[Scan now]');
    await admin.click('Scan now');
    await admin.waitForScreen('Everything is being scanned.');
    await admin.waitForMessage('Drift of *package:1* Package 1: 2 new');
  });
});
