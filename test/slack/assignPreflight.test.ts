import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import type { PermissionName } from '../support/organization.ts';
import { type Driver, type SlackOrganization, startSlackOrganization } from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;
let admin: Driver;

const PEOPLE = ['ANA', 'BEN', 'CAT', 'DAN', 'EVA'];

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, { people: PEOPLE });
  admin = city.admin;
  await city.organization.addPackage(1, { 'registry/open': ['granted'], 'registry/records': ['edit', 'REG'] });
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

async function preflight(codes: string) {
  await admin.command('/package assign 1');
  await admin.waitForModal('Assign a package');
  await admin.fill('codes', codes);
  await admin.submit();
  await admin.waitForModal('Preflight');
  return admin.screen();
}

/** The action id of the choice for one conflict. */
function choiceOf(userId: number, permission: PermissionName = 'registry/records') {
  return `conflict_choice_${userId}_${city.organization.permissions[permission]}`;
}

async function recordsOf(userId: number) {
  const where = { organizationId: city.organization.id, userId };
  const permissionId = city.organization.permissions['registry/records'];
  const row = await test.database.prisma.appAuth.findFirst({ where: { ...where, permissionId } });
  return row && { value: row.value, source: row.packageNumber, active: row.active };
}

/** `count` more people who all have the permission by hand, with the same value. */
async function addManualHolders(count: number) {
  const codes = Array.from({ length: count }, (_, index) => `P${100 + index}`);
  const userIds = await city.organization.addUsers(...codes);
  for (const userId of userIds) await city.organization.addRow(userId, 'registry/records', { value: 'view' });
  return { codes, userIds };
}

describe('the preflight of an assignment', () => {
  it('shows each kind of conflict with what the person has and what the package gives', async () => {
    const { organization, idOf } = city;
    await organization.addPackage(2, { 'registry/records': ['admin', '*'] });
    await organization.addRow(idOf('ANA'), 'registry/records', { value: 'view' });
    await organization.addRow(idOf('BEN'), 'registry/records', { value: 'admin', param: '*', packageNumber: 2 });
    await organization.addRow(idOf('CAT'), 'registry/records', { value: 'view', reason: 'manual' });
    await organization.addProfile('Reader', 'registry/records', 'view', idOf('DAN'));
    await organization.addRule('Rota', 'registry/records', 'admin', idOf('EVA'));
    const screen = await preflight(PEOPLE.join(' '));
    const wants = 'the package gives `edit` (REG)';
    const records = 'Student Registry · Student records: has';
    expect(screen).toContain(`*Person ANA* \`ANA\`\n${records} \`view\`, set by hand; ${wants}`);
    expect(screen).toContain(`\`BEN\`\n${records} \`admin\` (All structures) from package:2; ${wants}`);
    expect(screen).toContain(`\`CAT\`\n${records} it *disabled by hand*; ${wants}`);
    expect(screen).toContain(`\`DAN\`\n${records} \`view\` from profile Reader; ${wants}`);
    expect(screen).toContain(`\`EVA\`\n${records} \`admin\` from rule Rota; ${wants}`);
    expect(screen.match(/<Keep Original>/g)).toHaveLength(5);
    expect(screen).toContain('5 people get the package');
    expect(screen).toContain('5 permissions will be granted at once');
    expect(screen).toContain('*5 conflicts*');
  });

  it('tells members, former members and founders apart, and offers nothing where nothing would change', async () => {
    const { organization, idOf } = city;
    await organization.addFounder('BOSS');
    await organization.addMember(1, idOf('ANA'));
    await organization.addMember(1, idOf('BEN'), 'former');
    const screen = await preflight('ANA BEN BOSS');
    expect(screen).toContain('1 person gets the package');
    expect(screen).toContain('1 person had it before and gets it back');
    expect(screen).toContain('1 of them is a founder');
    expect(screen).toContain('1 person has it already and is left as is');
    const nothing = await preflight('ANA');
    expect(nothing).toContain('Everybody chosen has this package already. Nothing would change.');
    expect(nothing).not.toContain('[Confirm]');
  });

  it('follows the choice for each conflict', async () => {
    const { organization, idOf } = city;
    for (const code of ['ANA', 'BEN']) await organization.addRow(idOf(code), 'registry/records', { value: 'view' });
    await preflight('ANA BEN');
    await admin.select(choiceOf(idOf('BEN')), 'Keep Package');
    await admin.submit();
    const done = await admin.waitForScreen('2 people got');
    expect(done).toContain('1 permission aligned with the package (Keep Package)');
    expect(done).toContain('1 permission left as it was (Keep Original)');
    expect(await recordsOf(idOf('ANA'))).toEqual({ value: 'view', source: null, active: true });
    expect(await recordsOf(idOf('BEN'))).toEqual({ value: 'edit', source: 1, active: true });
  });

  it('loses none of many choices made at the same moment', async () => {
    const { codes, userIds } = await addManualHolders(15);
    await preflight(codes.join(' '));
    await Promise.all(userIds.map((userId) => admin.select(choiceOf(userId), 'Keep Package')));
    await admin.submit();
    await admin.waitForScreen('15 permissions aligned with the package (Keep Package)');
  });

  it('decides all at once, and keeps the exceptions made after it', async () => {
    const { organization, idOf } = city;
    for (const code of ['ANA', 'BEN', 'CAT'])
      await organization.addRow(idOf(code), 'registry/records', { value: 'view' });
    await preflight('ANA BEN CAT');
    await admin.select(choiceOf(idOf('ANA')), 'Keep Package');
    await admin.select('conflict_choice_for_all', 'Keep Package for all');
    await admin.waitFor((state) => {
      const selects = JSON.stringify(state.modals.at(-1)?.view.blocks).match(/"initial_option"[^}]*"Keep Package"/g);
      return selects?.length === 3;
    }, 'every conflict to say Keep Package');
    await admin.select(choiceOf(idOf('CAT')), 'Keep Original');
    await admin.submit();
    const done = await admin.waitForScreen('3 people got');
    expect(done).toContain('2 permissions aligned');
    expect(await recordsOf(idOf('CAT'))).toMatchObject({ value: 'view' });
  });

  it('shows twenty conflicts at a time and keeps exceptions across pages', async () => {
    const { codes, userIds } = await addManualHolders(45);
    const first = await preflight(codes.join(','));
    expect(first).toContain('1–20 of 45');
    expect(first).not.toContain('‹ Previous');
    await admin.select(choiceOf(Number(userIds[0])), 'Keep Package');
    await admin.click('Next ›');
    expect(await admin.waitForScreen('21–40 of 45')).toContain('1 conflict is decided the other way.');
    await admin.select(choiceOf(Number(userIds[20])), 'Keep Package');
    await admin.click('Next ›');
    const last = await admin.waitForScreen('41–45 of 45');
    expect(last).toContain('2 conflicts are decided the other way.');
    expect(last).not.toContain('Next ›');
    await admin.click('‹ Previous');
    const middle = await admin.waitForScreen('21–40 of 45');
    expect(middle).toMatch(/`P120`[^`]*`view`[^<]*<Keep Package>/);
    expect(middle).toMatch(/`P121`[^`]*`view`[^<]*<Keep Original>/);
    await admin.submit();
    await admin.waitForScreen('2 permissions aligned with the package (Keep Package)');
    expect(await recordsOf(Number(userIds[0]))).toMatchObject({ value: 'edit' });
    expect(await recordsOf(Number(userIds[20]))).toMatchObject({ value: 'edit' });
    expect(await recordsOf(Number(userIds[1]))).toMatchObject({ value: 'view' });
  });

  it('shows what is left where conflicts went away while a later page was open', async () => {
    const { codes, userIds } = await addManualHolders(25);
    await preflight(codes.join(' '));
    await admin.click('Next ›');
    await admin.waitForScreen('21–25 of 25');
    const where = { organizationId: city.organization.id, userId: { in: userIds.slice(3) } };
    await test.database.prisma.appAuth.deleteMany({ where });
    await admin.submit();
    const screen = await admin.waitForScreen('Something changed since you looked.');
    expect(screen).toContain('*3 conflicts*');
    expect(screen.match(/<Keep Original>/g)).toHaveLength(3);
  });
});
