import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { nextNotices, noticeTold } from '../../../src/engine/operations/accessNotices.ts';
import { settleDelivery } from '../../../src/engine/operations/deliveries.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { steps } from '../../support/operationSteps.ts';
import { makeTwin, type Twin } from '../../support/operationsTwin.ts';
import { TEST_NOW } from '../../support/organization.ts';
import { PERMISSIONS } from '../../support/world.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const SOON = new Date(TEST_NOW.getTime() + 1_000);
const LONG_AGO = new Date(TEST_NOW.getTime() - 3_600_000);

/** When messages go out, and how many of those that wait; `impatient`: a burst is told though it goes on. */
const aTelling = fc.record({ after: fc.nat(20), messages: fc.constantFrom(1, 2, 100), impatient: fc.boolean() });

/** What everybody can do in the model, without where it comes from. */
function accessOf({ users, access }: Twin, twin: Twin) {
  const said = (person: number, cell: number) => access.call(twin, person, cell)?.split('|').slice(0, 2).join('|');
  return users.map((_, person) => PERMISSIONS.map((__, cell) => said(person, cell) ?? null));
}

/** Delivers the oldest messages that wait as the bot does, two people at a time. @returns what was told, by person. */
async function tell({ organization, users }: Twin, messages: number, openedBefore: Date) {
  const { prisma } = test.database;
  const { context, id: organizationId, permissions } = organization;
  const cellOf = (id: number) => PERMISSIONS.findIndex((name) => permissions[name] === id);
  const where = { organizationId, kind: 'access_changed', deliveredAt: null };
  const told = new Map<number, string[]>();
  for (const row of await prisma.outboxEntry.findMany({ where, orderBy: { id: 'asc' }, take: messages })) {
    const delivery = { ...row, kind: 'access_changed' as const, payload: null };
    let { progress } = delivery;
    for (;;) {
      const notices = await nextNotices(context, { ...delivery, progress }, { openedBefore, limit: 2 });
      if (notices.length === 0) break;
      for (const { burstId, userId } of notices) {
        const cells = await prisma.accessBurstCell.findMany({ where: { organizationId, burstId } });
        const lines = cells.map(({ permissionId, value, param, nowValue, nowParam }) => {
          const before = value === null ? null : `${value}|${param}`;
          return `${cellOf(permissionId)}: ${before} → ${nowValue === null ? null : `${nowValue}|${nowParam}`}`;
        });
        const person = users.indexOf(userId);
        told.set(person, [...(told.get(person) ?? []), ...lines].sort());
        await noticeTold(context, organizationId, burstId);
        progress = userId;
      }
    }
    await settleDelivery(context, delivery, null);
  }
  return told;
}

it('tells everybody what changed for them since they were told last, whatever was done in between and whenever', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.array(aTelling, { maxLength: 4 }), async (sequence, tellings) => {
      const twin = await makeTwin(test);
      const known = accessOf(twin, twin);
      const check = async (messages: number, openedBefore: Date, everything: boolean) => {
        const told = await tell(twin, messages, openedBefore);
        const now = accessOf(twin, twin);
        for (const person of everything ? twin.users.keys() : told.keys()) {
          const differs = PERMISSIONS.flatMap((_, cell) => {
            const [before, after] = [known[person]?.[cell] ?? null, now[person]?.[cell] ?? null];
            return before === after ? [] : [`${cell}: ${before} → ${after}`];
          });
          expect({ person, told: told.get(person) ?? [] }).toEqual({ person, told: differs });
          known[person] = now[person] ?? [];
        }
      };
      for (const [by, one] of sequence.entries()) {
        await twin.take(one, by);
        for (const { after, messages, impatient } of tellings) {
          if (after === by) await check(messages, impatient ? SOON : LONG_AGO, messages === 100);
        }
      }
      await check(1_000, LONG_AGO, true);
    }),
    { numRuns: Number(process.env.MODEL_RUNS ?? 12), endOnFailure: true },
  );
});
