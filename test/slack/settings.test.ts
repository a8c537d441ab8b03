import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MetaPermission } from '../../src/engine/core/metaPermissions.ts';
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
let admin: Driver;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  city = await startSlackOrganization(test, {
    people: ['ANA', 'BEN', 'BOSS'],
    now: () => TEST_NOW,
    profiles: { BOSS: { locale: 'es-ES' } },
  });
  admin = city.admin;
});
afterEach(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
});

async function grant(userId: number, ...metaPermissions: MetaPermission[]): Promise<void> {
  const organizationId = city.organization.id;
  const data = metaPermissions.map((metaPermission) => ({ organizationId, userId, metaPermission }));
  await test.database.prisma.metaPermission.createMany({ data });
}
async function makeFounder(code: string): Promise<void> {
  const id = city.idOf(code);
  const where = { organizationId_id: { organizationId: city.organization.id, id } };
  await test.database.prisma.user.update({ where, data: { founder: true } });
}
async function rightsOf(userId: number): Promise<string[]> {
  const where = { organizationId: city.organization.id, userId };
  const held = await test.database.prisma.metaPermission.findMany({ where, orderBy: { metaPermission: 'asc' } });
  return held.map(({ metaPermission }) => metaPermission);
}
const founders = async () =>
  (await test.database.prisma.user.findMany({ where: { organizationId: city.organization.id, founder: true } })).map(
    ({ code }) => code,
  );
const lastRecord = () =>
  test.database.prisma.auditRecord.findFirst({
    where: { organizationId: city.organization.id },
    orderBy: { seq: 'desc' },
  });

async function openRightsOf(code: string): Promise<void> {
  await admin.command('/package settings');
  await admin.waitForModal('Settings');
  await admin.click('Add a person');
  await admin.waitForModal('Rights of a person');
  await admin.pick('administrator_person', code, `${code} · Person ${code}`);
  await admin.submit();
  await admin.waitForScreen(`*Person ${code}* \`${code}\``);
}

describe('rights', () => {
  it('are granted and revoked, with who granted them, and told in the trail', async () => {
    await openRightsOf('ANA');
    await admin.select('administrator_package_rights', ['define_packages', 'sync_packages']);
    await admin.select('administrator_organization_rights', ['view_audit']);
    await admin.submit();
    const settings = await admin.waitForScreen('Person ANA: 3 rights granted, 0 revoked.');
    expect(settings).toContain('*Person ANA* `ANA`\ndefine packages, sync packages, view the audit trail');

    await admin.click('Change', { nth: 1 });
    const form = await admin.waitForScreen('Rights of a person');
    expect(form).toContain('define packages: granted by Person ADMIN, 3 May 2026, 12:00 CEST');
    await admin.select('administrator_package_rights', ['define_packages']);
    await admin.submit();
    await admin.waitForScreen('Person ANA: 0 rights granted, 1 revoked.');
    expect(await rightsOf(city.idOf('ANA'))).toEqual(['define_packages', 'view_audit']);
    expect(await lastRecord()).toMatchObject({
      action: 'set_meta_permissions',
      subject: { user: 'ANA', name: 'Person ANA' },
      before: ['define_packages', 'sync_packages', 'view_audit'],
      after: ['define_packages', 'view_audit'],
    });
  });

  it('count from the next click, in a window that was open already', async () => {
    await grant(city.idOf('ANA'), 'define_packages');
    const ana = city.as('ANA');
    await ana.command('/package new');
    await ana.waitForModal('New package');
    await ana.fill('package_name', 'Mine');
    await test.database.prisma.metaPermission.deleteMany({ where: { userId: city.idOf('ANA') } });
    await ana.submit();
    await ana.waitForScreen('This needs the right to define packages, which you do not have.');
    expect(await test.database.prisma.package.count({ where: { organizationId: city.organization.id } })).toBe(0);
  });

  it('are shown again where somebody changed them meanwhile, and nothing is overwritten', async () => {
    await openRightsOf('ANA');
    await admin.select('administrator_package_rights', ['define_packages']);
    await grant(city.idOf('ANA'), 'approve');
    await admin.submit();
    await admin.waitForScreen('Somebody changed these rights meanwhile.');
    expect(await rightsOf(city.idOf('ANA'))).toEqual(['approve']);
    await admin.select('administrator_package_rights', ['define_packages']);
    await admin.submit();
    await admin.waitForScreen('Person ANA: 1 right granted, 0 revoked.');
    expect(await rightsOf(city.idOf('ANA'))).toEqual(['approve', 'define_packages']);
  });

  it('of the last administrator stay', async () => {
    await admin.command('/package settings');
    await admin.waitForModal('Settings');
    await admin.click('Change');
    await admin.waitForModal('Rights of a person');
    await admin.select('administrator_organization_rights', ['view']);
    const { errors } = await admin.submit();
    expect(Object.values(errors ?? {})).toEqual([
      'This would leave nobody with a Slack account who can administer the organization. Give somebody else that right first.',
    ]);
    // With a founder about, there is somebody left
    await makeFounder('BOSS');
    await admin.submit();
    await admin.waitForMessage('Person ADMIN: 0 rights granted, 4 revoked.');
    expect(await rightsOf(city.organization.admin.userId)).not.toContain('administer');
  });
});

describe('the organization', () => {
  it('gets another name, time zone and language, which count at once', async () => {
    await admin.command('/package settings');
    await admin.waitForScreen('*Test City*\nTime zone *Europe/Madrid* · language *English*');
    await admin.click('Edit');
    await admin.waitForModal('Organization');
    await admin.fill('organization_name', 'New Town');
    await admin.pick('organization_time_zone', 'bogota', 'America/Bogota');
    await admin.select('organization_language', 'es');
    await admin.submit();
    await admin.waitForScreen('*New Town*\nTime zone *America/Bogota* · language *Spanish*');
    await admin.close();
    await admin.openHome();
    await admin.waitFor(
      ({ home }) => JSON.stringify(home).includes('Last updated 3 May 2026, 05:00 GMT-5'),
      'the new time zone on the Home tab',
    );
    expect(await lastRecord()).toMatchObject({
      before: { name: 'Test City', timeZone: 'Europe/Madrid', locale: 'en' },
      after: { name: 'New Town', timeZone: 'America/Bogota', locale: 'es' },
    });
  });

  it('keeps a name: an empty one is told beside the field', async () => {
    await admin.command('/package settings');
    await admin.waitForModal('Settings');
    await admin.click('Edit');
    await admin.waitForModal('Organization');
    await admin.fill('organization_name', ' ');
    const { errors } = await admin.submit();
    expect(Object.values(errors ?? {})).toEqual(['Give the organization a name.']);
  });
});

describe('founders', () => {
  beforeEach(() => makeFounder('BOSS'));

  it('hand over: another becomes one, they step down, and both are told', async () => {
    const boss = city.as('BOSS');
    await boss.command('/package settings');
    await boss.waitForModal('Ajustes');
    await boss.click('Fundadores');
    await boss.waitForModal('Fundadores');
    await boss.pick('founder_person', 'ANA', 'ANA · Person ANA');
    await boss.select('founder_steps_down', ['yes']);
    await boss.submit();
    const review = await boss.waitForScreen('*Person ANA* pasa a ser fundador');
    expect(review).toContain('Los derechos que conserva aquí: ninguno.');
    await boss.submit();
    await boss.waitForMessage('Person ANA ya es fundador. :white_check_mark: Usted ya no es fundador.');
    expect(await founders()).toEqual(['ANA']);
    await city.bench.app.outbox.idle();
    await city.as('ANA').waitForMessage('You are a founder now: you have full access');
    await boss.waitForMessage('Ya no es fundador. Desde ahora');
    expect(await lastRecord()).toMatchObject({ before: ['BOSS'], after: ['ANA'] });
  });

  it('cannot all step down', async () => {
    const boss = city.as('BOSS');
    await boss.command('/package settings');
    await boss.waitForModal('Ajustes');
    await boss.click('Fundadores');
    await boss.waitForModal('Fundadores');
    expect(Object.values((await boss.submit()).errors ?? {})).toEqual([
      'Elija un nuevo fundador, o marque que deja de serlo usted.',
    ]);
    await boss.select('founder_steps_down', ['yes']);
    await boss.submit();
    await boss.waitForModal('Confirme, por favor');
    await boss.submit();
    await boss.waitForMessage('Una organización necesita un fundador.');
    expect(await founders()).toEqual(['BOSS']);
  });
});

describe('hand-made payloads', () => {
  const metadata = (state: object) => JSON.stringify(state);

  it('change nothing without the right to administer', async () => {
    await grant(city.idOf('ANA'), 'manage_catalog', 'view');
    const userId = city.slackIdOf('ANA');
    const key = '6f2d9a3e-7d4b-4f6e-9a55-0d6f3c1f2b10';
    const view = { id: 'V0FORGED', type: 'modal' };
    const rights = { userId: city.idOf('ANA'), shown: ['manage_catalog', 'view'], key, moved: false };
    const answers = [
      await postPayload(
        city.bench,
        submissionPayload(
          userId,
          { ...view, callback_id: 'administrator', private_metadata: metadata(rights) },
          {
            organization: {
              administrator_organization_rights: { selected_options: [{ value: 'administer' }] },
            },
          },
        ),
      ),
      await postPayload(
        city.bench,
        submissionPayload(
          userId,
          { ...view, callback_id: 'edit_organization', private_metadata: metadata({ key }) },
          { name: { organization_name: { value: 'Mine' } } },
        ),
      ),
    ];
    for (const { body } of answers) expect(body).toContain('This needs the right to administer');
    const review = { toUserId: city.idOf('ANA'), stepDown: false, key };
    await postPayload(
      city.bench,
      submissionPayload(userId, { ...view, callback_id: 'founder_review', private_metadata: metadata(review) }),
    );
    await city.as('ANA').waitForMessage('This needs the right to administer');
    expect(await rightsOf(city.idOf('ANA'))).toEqual(['manage_catalog', 'view']);
    expect(await founders()).toEqual([]);
  });

  it('name no founder where an administrator who is none sends them', async () => {
    const review = { toUserId: city.idOf('BEN'), stepDown: false, key: '6f2d9a3e-7d4b-4f6e-9a55-0d6f3c1f2b11' };
    await postPayload(
      city.bench,
      submissionPayload(city.slackIdOf('ADMIN'), {
        ...{ id: 'V0FORGED', type: 'modal', callback_id: 'founder_review', private_metadata: metadata(review) },
      }),
    );
    await admin.waitForMessage('Only a founder can do this.');
    expect(await founders()).toEqual([]);
  });

  it('reach nobody of another organization', async () => {
    const other = await startSlackOrganization(test, { name: 'Other City', people: ['EVE'] });
    await postPayload(
      city.bench,
      clickPayload(city.slackIdOf('ADMIN'), { actionId: 'administrator_open', value: { userId: other.idOf('EVE') } }),
    );
    await admin.waitForMessage('There is nobody');
    await other.bench.stop();
  });
});
