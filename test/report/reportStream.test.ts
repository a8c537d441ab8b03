import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { renderAssignmentReport } from '../../src/report/renderAssignmentReport.ts';
import type { ReportPerson } from '../../src/report/reportModel.ts';
import { permissionsOf, personOf, renderBytes, reportOf, summaryOf } from './sampleReport.ts';

const permissions = permissionsOf(20);
const crowd = Array.from({ length: 300 }, (_, index) =>
  personOf(index, permissions, { name: `Person №${index * 7919}` }),
);

/** Gives people out one by one and remembers how many were taken, and whether it was closed. */
function countingSource(people: readonly ReportPerson[]) {
  const source = {
    taken: 0,
    closed: false,
    async *read(): AsyncGenerator<ReportPerson> {
      try {
        for (const person of people) {
          source.taken += 1;
          yield person;
        }
      } finally {
        source.closed = true;
      }
    },
  };
  return source;
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await nextTurn();
}

describe('the bytes', () => {
  it('are the same for the same report', async () => {
    const people = crowd.slice(0, 30);
    const report = reportOf(permissions, people);
    expect((await renderBytes(report, people)).equals(await renderBytes(structuredClone(report), people))).toBe(true);
  });

  // A filed report must come out again as it was: a change of this hash changes every report made so far.
  it('are those of the release that made them', async () => {
    const people = crowd.slice(0, 30);
    const bytes = await renderBytes(reportOf(permissions, people), people);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(
      '3f89e39acc29b6715e62e2d296df497caae964258de10dc74cad9d3efcb1fd4a',
    );
  });

  it('do not depend on how the people arrive', async () => {
    const people = crowd.slice(0, 30);
    const report = reportOf(permissions, people);
    async function* slowly() {
      for (const person of people) {
        await nextTurn();
        yield person;
      }
    }
    expect((await renderBytes(report, people)).equals(await renderBytes(report, slowly()))).toBe(true);
  });

  it('do not depend on the hour or the time zone of the machine', async () => {
    const people = crowd.slice(0, 2);
    const report = reportOf(permissions, people);
    const before = await renderBytes(report, people);
    const zone = process.env.TZ;
    process.env.TZ = 'Asia/Kathmandu';
    try {
      expect((await renderBytes(report, people)).equals(before)).toBe(true);
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it('differ where a fact differs', async () => {
    const people = crowd.slice(0, 2);
    const report = reportOf(permissions, people);
    const other = { ...report, auditRecord: { ...report.auditRecord, sequence: 4214 } };
    expect((await renderBytes(report, people)).equals(await renderBytes(other, people))).toBe(false);
  });
});

describe('the stream', () => {
  it('comes out while people are still being read', async () => {
    const source = countingSource(crowd);
    for await (const _ of renderAssignmentReport(reportOf(permissions, crowd), source.read())) break;
    expect(source.taken).toBeGreaterThan(0);
    expect(source.taken).toBeLessThan(crowd.length);
  });

  it('stops reading people while nobody takes the bytes', async () => {
    const source = countingSource(crowd);
    const stream = renderAssignmentReport(reportOf(permissions, crowd), source.read());
    await new Promise<void>((resolve) => stream.once('readable', () => resolve()));
    await turns(200);
    const taken = source.taken;
    await turns(200);
    expect(source.taken).toBe(taken);
    expect(taken).toBeLessThan(crowd.length);
    stream.resume();
    await new Promise((resolve) => stream.once('end', resolve));
    expect(source.taken).toBe(crowd.length);
  });

  it('lets the people go when it is abandoned', async () => {
    const source = countingSource(crowd);
    for await (const _ of renderAssignmentReport(reportOf(permissions, crowd), source.read())) break;
    await vi.waitFor(() => expect(source.closed).toBe(true));
  });

  it('gives other work its turn', async () => {
    let others = 0;
    let finished = false;
    const other = async () => {
      while (!finished) {
        await nextTurn();
        others += 1;
      }
    };
    const running = other();
    await renderBytes(reportOf(permissions, crowd), crowd);
    finished = true;
    await running;
    expect(others).toBeGreaterThan(5);
  });
});

describe('a report that cannot be true', () => {
  it('is refused where the people are not those that the summary counts', async () => {
    const summary = { ...summaryOf(crowd.slice(0, 3)), kept: 1 };
    const report = reportOf(permissions, [], { summary });
    await expect(renderBytes(report, crowd.slice(0, 3))).rejects.toMatchObject({
      code: 'report_counts_differ',
      details: { differs: ['kept'] },
    });
    await expect(renderBytes({ ...report, summary: summaryOf([]) }, crowd.slice(0, 1))).rejects.toMatchObject({
      code: 'report_counts_differ',
    });
  });

  it('is refused where a cell names a permission that the report lacks', async () => {
    const people = [personOf(1, permissions)];
    await expect(renderBytes(reportOf(permissions.slice(1), people), people)).rejects.toMatchObject({
      code: 'report_permission_unknown',
      details: { person: 'P1001', permissionId: 'permission-0' },
    });
  });

  it('is refused for an unknown time zone', async () => {
    const people = [personOf(1, permissions)];
    await expect(renderBytes(reportOf(permissions, people, { timeZone: 'Mars/Olympus' }), people)).rejects.toThrow(
      RangeError,
    );
  });
});
