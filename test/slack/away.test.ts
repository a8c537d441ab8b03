import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { TEST_NOW } from '../support/organization.ts';
import { clickPayload, postPayload, type SlackOrganization, startSlackOrganization } from './support.ts';

let test: TestDatabase;
let city: SlackOrganization;

beforeAll(async () => {
  test = await createTestDatabase();
  city = await startSlackOrganization(test, {
    people: ['ANA', 'BEN', 'EVA'],
    profiles: { EVA: { locale: 'es-ES' } },
    now: () => TEST_NOW,
  });
});
afterAll(async () => {
  await city.bench.stop();
  expect(city.bench.errors).toEqual([]);
  await test.drop();
});

const stored = () => test.database.prisma.delegation.findMany({ where: { organizationId: city.organization.id } });

it('hands the say over to a colleague, shows it to both and to administrators, and takes it back', async () => {
  const [ana, eva] = [city.as('ANA'), city.as('EVA')];
  await ana.command('/package away');
  await ana.waitForScreen('Nobody: you decide yourself.');
  await ana.click('Hand over…');
  await ana.waitForScreen('# Hand over');
  await ana.select('delegation_person', city.slackIdOf('ANA'));
  await ana.select('delegation_until', '2026-05-01');
  expect((await ana.submit()).errors).toEqual({ delegate: 'You decide for yourself anyway. Choose somebody else.' });
  await ana.select('delegation_person', city.slackIdOf('EVA'));
  expect((await ana.submit()).errors).toMatchObject({ delegate_until: expect.stringContaining('before the first') });
  await ana.select('delegation_until', '2026-05-12');
  await ana.fill('delegation_reason', 'Holidays <3');
  await ana.submit();
  const mine = await ana.waitForScreen(`<@${city.slackIdOf('EVA')}> can decide in your place`);
  expect(mine).toContain('*Person EVA*\n3 May 2026 – 12 May 2026\n:large_green_circle: under way · “Holidays &lt;3”');
  expect(mine).not.toContain('Everybody’s');

  await eva.command('/package away');
  const told = await eva.waitForMessage('le deja decidir en las aprobaciones');
  expect(told.text).toContain('*Person ANA* está fuera');
  expect(told.text).toContain('hasta el 12 may 2026');
  expect(told.text).toContain('«Holidays &lt;3»');
  const held = await eva.waitForScreen('Por quién decido');
  expect(held).toContain('*Person ANA*\n3 may 2026 – 12 may 2026\n:large_green_circle: en curso · «Holidays &lt;3»');
  expect(held).not.toContain('[Terminar]');
  await eva.click('Delegar…');
  await eva.waitForScreen('# Delegar');
  await eva.close({ all: true });

  await city.admin.command('/package away');
  const all = await city.admin.waitForScreen('Everybody’s');
  expect(all).toContain('*Person EVA* for *Person ANA*\n3 May 2026 – 12 May 2026');
  await ana.click('End');
  await ana.waitForScreen(':white_check_mark: Ended.');
  expect(await stored()).toEqual([]);
  await eva.waitForMessage('*Person ANA* ha vuelto: usted ya no decide');
  await city.admin.click('End');
  await city.admin.waitForScreen('That delegation has ended already.');
});

it('is ended by nobody else, whatever they send', async () => {
  const [from, to] = [city.idOf('ANA'), city.idOf('BEN')];
  const endsAt = new Date(TEST_NOW.getTime() + 1_000_000);
  const { id: delegationId } = await test.database.prisma.delegation.create({
    data: { organizationId: city.organization.id, fromUserId: from, toUserId: to, startsAt: new Date(0), endsAt },
  });
  const click = { actionId: 'delegation_end', value: { delegationId } };
  await postPayload(city.bench, clickPayload(city.slackIdOf('BEN'), click));
  await city.bench.app.settled();
  expect(await stored()).toContainEqual(expect.objectContaining({ id: delegationId, endsAt }));
});
