import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type SlackBench, sandboxPerson, startSlackBench } from '../support/slackBench.ts';
import { clickPayload, postPayload } from './support.ts';

let test: TestDatabase;
let bench: SlackBench;

const OWNER = 'U0OWNER';
const SECOND = 'U0SECOND';
const MEMBER = 'U0MEMBER';

beforeEach(async () => {
  test = await createTestDatabase();
  bench = await startSlackBench({
    database: test.database,
    organizationId: null,
    people: [
      sandboxPerson(OWNER, 'Olivia Owner', { isOwner: true, email: 'olivia@test.example', timeZone: 'Europe/Lisbon' }),
      ...Array.from({ length: 250 }, (_, index) => sandboxPerson(`U0CROWD${index}`, `Crowd ${index}`)),
      sandboxPerson(SECOND, 'Ada Admin', { isAdmin: true }),
      sandboxPerson(MEMBER, 'Max Member'),
    ],
  });
});
afterEach(async () => {
  await bench.stop();
  expect(bench.errors).toEqual([]);
  await test.drop();
});

const offer = 'Quartermaster is not set up in *Test Workspace* yet.';

describe('a workspace without an organization', () => {
  it('offers the set-up to an owner, who becomes founder and goes on at once', async () => {
    const owner = bench.slack.as(OWNER);
    await owner.command('/package');
    await owner.waitForScreen(offer);
    await owner.click('Set up the organization');
    await owner.waitForScreen('*Test Workspace* is set up and you are its founder.');
    await owner.click('Catalogue');
    await owner.waitForModal('Catalogue');
    const [organization] = await test.database.prisma.organization.findMany();
    expect(organization).toMatchObject({ name: 'Test Workspace', slackTeamId: 'T0TEST', timeZone: 'Europe/Lisbon' });
    const [founder] = await test.database.prisma.user.findMany();
    expect(founder).toMatchObject({
      founder: true,
      name: 'Olivia Owner',
      email: 'olivia@test.example',
      slackUserId: OWNER,
    });
    await owner.command('/package');
    const screen = await owner.waitForScreen('Quick actions');
    expect(screen).toContain('[New package]');
  });

  it('makes the same offer in a message, where the command opens no window, and on App Home', async () => {
    const owner = bench.slack.as(OWNER);
    await owner.openHome();
    const home = await owner.waitForScreen(offer);
    expect(home).toContain('[Set up the organization]');
    expect(await owner.dm()).toEqual([]);
    await owner.command('/package help');
    const message = await owner.waitForMessage(offer);
    await owner.click('Set up the organization', { in: message });
    await owner.waitForScreen('is set up and you are its founder.');
  });

  it('tells everybody else whom to ask', async () => {
    const member = bench.slack.as(MEMBER);
    const words = `Please ask an owner or admin of this workspace: <@${OWNER}>, <@${SECOND}>.`;
    await member.command('/package list');
    await member.waitForScreen(words);
    await member.openHome();
    await member.close();
    await member.waitForScreen(words);
    await postPayload(bench, clickPayload(MEMBER, { actionId: 'set_up', value: {} }));
    await member.waitForMessage('This needs the right to administer');
    expect(await test.database.prisma.organization.count()).toBe(0);
  });

  it('is set up once where two owners click at the same moment', async () => {
    const seats = [bench.slack.as(OWNER), bench.slack.as(SECOND)];
    for (const seat of seats) {
      await seat.command('/package');
      await seat.waitForScreen(offer);
    }
    await Promise.all(seats.map((seat) => seat.click('Set up the organization')));
    const screens = await Promise.all(seats.map((seat) => seat.waitForScreen('is set up')));
    expect(screens.filter((screen) => screen.includes('you are its founder'))).toHaveLength(1);
    expect(screens.filter((screen) => screen.includes('Test Workspace is set up already.'))).toHaveLength(1);
    expect(await test.database.prisma.organization.count()).toBe(1);
    expect(await test.database.prisma.user.count()).toBe(1);
  });
});
