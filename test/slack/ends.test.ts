import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/engine/core/approvalPolicy.ts';
import type { MetaPermission } from '../../src/engine/core/metaPermissions.ts';
import { endAssignments, tellOfEndings } from '../../src/engine/operations/endAssignments.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { TEST_NOW } from '../support/organization.ts';
import {
  clickPayload,
  type Driver,
  postPayload,
  type SlackOrganization,
  startSlackOrganization,
  submissionPayload,
} from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let now: Date;
let admin: Driver;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  now = TEST_NOW;
  city = await startSlackOrganization(test, {
    people: ['ANA', 'EVA'],
    profiles: { EVA: { locale: 'es-ES' } },
    now: () => now,
  });
  admin = city.admin;
  await city.organization.addPackage(1, { 'registry/open': ['granted'] });
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

const engine = () => ({ database: test.database, now: () => now });
const membership = (code: string) =>
  test.database.prisma.assignment.findFirstOrThrow({
    where: { organizationId: city.organization.id, packageNumber: 1, userId: city.idOf(code) },
  });

async function assign(code: string, until: string): Promise<void> {
  await admin.command('/package assign 1');
  await admin.waitForScreen('# Assign a package');
  await admin.pick('assign_people', code, `${code} · Person ${code}`);
  await admin.select('assign_until', until);
  await admin.submit();
  await admin.waitForScreen('For a time');
  await admin.submit();
  await admin.waitForScreen('Assigned');
  await admin.close({ all: true });
}

it('is set in the form of an assignment, and stands in every list and in what people are told', async () => {
  await admin.command('/package assign 1');
  await admin.waitForScreen('# Assign a package');
  await admin.pick('assign_people', 'ANA', 'ANA · Person ANA');
  await admin.select('assign_until', '2026-05-02');
  expect((await admin.submit()).errors).toEqual({ until: expect.stringContaining('This day is over.') });
  await admin.select('assign_until', '2026-05-12');
  await admin.submit();
  await admin.waitForScreen('For a time: *until 12 May 2026*.');
  await admin.submit();
  await admin.waitForMessage('Assignment report');
  await admin.close({ all: true });
  await city.as('ANA').waitForMessage('Open the registry `MAIN`*: `granted` · until 12 May 2026');

  await admin.command('/package show 1');
  await admin.waitForModal('package:1');
  await admin.click('package_tab_active');
  expect(await admin.waitForScreen('Person ANA')).toContain('*Person ANA* `ANA` · until 12 May 2026');
  await admin.close({ all: true });
  await admin.command('/package people ANA');
  await admin.waitForScreen('# Person\n');
  await admin.click('Packages (1)');
  await admin.waitForScreen('Active · until 12 May 2026');
  await city.as('ANA').command('/package me');
  expect(await city.as('ANA').waitForScreen('My packages')).toContain('Package 1 (until 12 May 2026)');
  await admin.close({ all: true });
  await admin.command('/package audit');
  expect(await admin.waitForScreen('assigned')).toContain('to Person ANA (ANA) until 12 May 2026.');
});

it('is changed on the details of a member, and removed', async () => {
  await assign('ANA', '2026-05-12');
  await admin.command('/package status 1 ANA');
  expect(await admin.waitForScreen('Change end…')).toContain('until 12 May 2026');
  await admin.click('Change end…');
  expect(await admin.waitForScreen('# End of an assignment')).toContain('Now: until 12 May 2026.');
  expect((await admin.submit()).errors).toMatchObject({
    'end_2026-05-12_set': 'This is the end already. Choose another day.',
  });
  await admin.select('end_day', '2026-06-01');
  await admin.submit();
  expect(await admin.waitForScreen('The end was changed.')).toContain('until 1 Jun 2026');
  await admin.click('Change end…');
  await admin.waitForScreen('Now: until 1 Jun 2026.');
  await admin.select('end_day', null);
  await admin.submit();
  await admin.waitFor(({ modals }) => {
    const shown = JSON.stringify(modals.at(-1)?.view);
    return shown.includes('The end was changed.') && !shown.includes('until 1 Jun');
  }, 'the details without an end');
  expect((await membership('ANA')).endsAt).toBeNull();
});

it('asks for approval with a reason where a policy wants it for prolonging', async () => {
  await assign('ANA', '2026-05-12');
  const stages = [{ approvers: { userIds: [city.idOf('EVA')], slackUserGroupId: null, holders: false }, quorum: 1 }];
  const policy = { ...DEFAULT_POLICY, operations: ['assign'], stages };
  const { organization } = city;
  await test.database.prisma.approvalPolicy.create({
    data: { organizationId: organization.id, policy, setBy: organization.admin.userId, setAt: TEST_NOW },
  });
  await admin.command('/package status 1 ANA');
  await admin.waitForScreen('Change end…');
  await admin.click('Change end…');
  await admin.waitForScreen('Now: until 12 May 2026.');
  await admin.select('end_day', '2026-06-01');
  await admin.submit();
  expect(await admin.waitForScreen('Approval is needed here to prolong this.')).toContain('2026-06-01');
  await admin.fill('end_reason', 'The project goes on');
  await admin.submit();
  await admin.waitForScreen('is made. You will be told what is decided.');
  const request = await test.database.prisma.request.findFirstOrThrow({ where: { organizationId: organization.id } });
  expect(request).toMatchObject({ kind: 'change_end', selfService: false, reason: 'The project goes on' });
  expect((await membership('ANA')).endsAt).toEqual(new Date('2026-05-12T22:00:00Z'));
});

it('tells the member in time, who can ask for longer, and then ends', async () => {
  await assign('EVA', '2026-05-12');
  const eva = city.as('EVA');
  now = new Date('2026-05-08T09:00:00Z');
  await tellOfEndings(engine(), 7);
  city.bench.app.outbox.poke();
  const notice = await eva.waitForMessage('hasta el *12 may 2026*');
  eva.textOfMessage(notice);
  const toAdmin = await admin.waitForMessage('to Person EVA `EVA` ends by itself after *12 May 2026*');
  await admin.click('Open the package', { in: toAdmin });
  await admin.waitForModal('package:1');
  await eva.click('Solicitar una prórroga', { in: notice });
  await eva.waitForScreen('# Fin de una asignación');
  await eva.select('end_day', '2026-06-01');
  await eva.fill('end_reason', 'Sigo en el proyecto');
  await eva.submit();
  eva.textOfMessage(await eva.waitForMessage('hecha. Se le avisará de la decisión.'));
  const organizationId = city.organization.id;
  const request = await test.database.prisma.request.findFirstOrThrow({ where: { organizationId } });
  expect(request).toMatchObject({ kind: 'change_end', selfService: true, requesterUserId: city.idOf('EVA') });

  now = new Date('2026-05-12T22:00:00Z');
  await endAssignments(engine(), (error) => expect(error).toBeUndefined());
  city.bench.app.outbox.poke();
  eva.textOfMessage(await eva.waitForMessage('Ya no tiene:'));
  expect((await membership('EVA')).state).toBe('former');
});

it('is changed by nobody who may not, and asked for by nobody for others, whatever they send', async () => {
  await assign('ANA', '2026-05-12');
  const grant = async (meta: MetaPermission) =>
    test.database.prisma.metaPermission.create({
      data: { organizationId: city.organization.id, userId: city.idOf('EVA'), metaPermission: meta },
    });
  await grant('sync_packages');
  const [number, userId] = [1, city.idOf('ANA')];
  const slackId = city.slackIdOf('EVA');
  for (const asks of [null, 'own', 'approval']) {
    const key = '6f2d9a3e-7d4b-4f6e-9a55-0d6f3c1f2b10';
    const state = { number, userId, key, shown: '2026-05-12T22:00:00.000Z', asks, moved: false };
    const view = { id: 'V0', type: 'modal', callback_id: 'change_end', private_metadata: JSON.stringify(state) };
    const values = {
      end: { end_day: { type: 'datepicker', selected_date: '2026-06-01' } },
      end_reason: { end_reason: { type: 'plain_text_input', value: 'Because' } },
    };
    await postPayload(city.bench, submissionPayload(slackId, view, values));
  }
  await postPayload(city.bench, clickPayload(slackId, { actionId: 'end_change', value: { number, userId } }));
  await city.bench.app.settled();
  expect((await membership('ANA')).endsAt).toEqual(new Date('2026-05-12T22:00:00Z'));
  expect(await test.database.prisma.request.count({ where: { organizationId: city.organization.id } })).toBe(0);
  await city.as('EVA').command('/package status 1 ANA');
  expect(await city.as('EVA').waitForScreen('Person ANA')).not.toContain('Cambiar el fin');
});
