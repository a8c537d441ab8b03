import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/core/canonicalJson.ts';
import { RECORDED_KINDS } from '../../../src/engine/core/recordedKinds.ts';
import { STATUS_KINDS } from '../../../src/engine/core/statusTable.ts';
import { validMessageBlocks } from '../../../src/sandbox/blocks/validate.ts';
import { auditView } from '../../../src/slack/audit/auditView.ts';
import { recordView } from '../../../src/slack/audit/recordView.ts';
import { driftView } from '../../../src/slack/drift/driftView.ts';
import { packageDriftView } from '../../../src/slack/drift/packageDriftView.ts';
import { driftDetails, driftMessage } from '../../../src/slack/notify/driftMessage.ts';
import { actor, always, expectModal, id, many, param, permission, short, state, text, texts } from './arbitraries.ts';

describe('whatever was recorded, Slack takes', () => {
  it('the audit trail and its records, whatever they say', () => {
    const words = fc.dictionary(
      fc.oneof(short, fc.constantFrom('name', 'param', 'permission', 'left')),
      fc.jsonValue(),
    );
    const said = fc.oneof(fc.jsonValue(), words) as fc.Arbitrary<Json>;
    const hash = fc.constant('a'.repeat(64));
    const someone = fc.record({ userId: id, code: text, name: text });
    const record = fc.record({
      ...{
        seq: id,
        operationId: id,
        at: fc.constant(new Date(0)),
        actor: fc.option(fc.record({ code: text, name: text })),
      },
      ...{ kind: fc.oneof(fc.constantFrom(...RECORDED_KINDS), short), subject: said, before: said, after: said },
      ...{ planHash: hash, changesHash: hash, operationHash: hash, previousHash: hash, hash },
      ...{
        packageNumber: fc.option(id),
        packageName: fc.option(text),
        people: fc.nat(500),
        person: fc.option(someone),
      },
    });
    const day = fc.option(fc.constantFrom('2026-05-03', '2026-12-31'));
    const list = fc.record({
      ...{
        records: fc.array(record, { maxLength: 20 }),
        total: fc.nat(500),
        note: fc.option(text, { nil: undefined }),
      },
      state: fc.record({
        userId: fc.option(id),
        number: fc.option(id),
        kind: fc.option(short),
        from: day,
        to: day,
        page: fc.nat(9),
      }),
      person: fc.option(
        fc.record({
          userId: id,
          code: text,
          name: text,
          email: text,
          slackUserId: fc.constant(null),
          founder: fc.boolean(),
        }),
      ),
      package: fc.option(fc.record({ number: id, name: text })),
    });
    always([texts, list], (t, data) => expectModal(auditView(t, data)));
    const held = fc.option(
      fc.record({ value: text, param, source: fc.constantFrom('manual', 'package:1', 'rule:<x>') }),
    );
    const line = fc.record({
      ...{ person: fc.record({ code: text, name: text }), before: fc.constant(null), hadBefore: held, hasAfter: held },
      permission: fc.record({ id, application: text, name: text, main: fc.boolean() }),
      decision: fc.constantFrom('written' as const, 'kept' as const),
      note: fc.constantFrom(null, 'changedSince' as const, 'inactive' as const),
    });
    const concerned = fc.record({
      userId: id,
      code: text,
      name: text,
      membership: short,
      lines: fc.array(line, { maxLength: 12 }),
    });
    const shown = fc.record({
      ...{ record, fits: fc.boolean(), concerned: fc.array(concerned, { maxLength: 20 }), page: fc.nat(9) },
      ...{ fromList: fc.boolean(), note: fc.option(text, { nil: undefined }) },
    });
    always([texts, actor, shown], (t, who, data) => expectModal(recordView(t, who, data)));
  });

  it('drift: the list, a package, its message of the day and the thread', () => {
    const listed = fc.record({ number: id, name: text, cells: id, people: id });
    const moment = fc.option(fc.date({ noInvalidDate: true }));
    const found = fc.record({ scannedAt: moment, channel: fc.option(short), packages: many(listed), total: id });
    const list = fc.record({ found, text: short, page: fc.nat(9), note: fc.option(text, { nil: undefined }) });
    always([texts, actor, list], (t, who, data) => expectModal(driftView(t, who, data)));
    const common = fc.record({
      permissionId: fc.nat(20),
      value: fc.option(text),
      param: fc.option(param),
      people: id,
      members: id,
    });
    const day = fc.record({ day: fc.constant('2026-05-03'), cells: fc.nat(), people: fc.nat() });
    const drift = fc.record({
      package: fc.record({ number: id, name: text, description: text, state }),
      permissions: many(permission).map((all) => all.map((each, index) => ({ ...each, permissionId: index }))),
      counts: many(fc.record({ permissionId: fc.nat(20), kind: fc.constantFrom(...STATUS_KINDS), cells: id })),
      ...{ common: fc.array(common, { maxLength: 30 }), trend: fc.array(day, { maxLength: 14 }), scannedAt: moment },
    });
    const channels = fc.record({ organization: fc.option(short), package: fc.option(short) });
    const screen = fc.record({ drift, channels, snoozedUntil: moment, note: fc.option(text, { nil: undefined }) });
    always([texts, actor, screen], (t, who, data) => expectModal(packageDriftView(t, who, data)));
    const kind = fc.constantFrom('appeared' as const, 'changed' as const, 'resolved' as const);
    const organization = fc.constant({
      id: 1,
      name: 'City',
      timeZone: 'UTC',
      locale: 'en' as const,
      slackTeamId: null,
      brakeShare: 20,
    });
    const digest = fc.record({
      ...{ organization, day: fc.constant('2026-05-03'), channel: short, snoozedUntil: moment, drift },
      news: fc.array(fc.record({ kind, cells: id, people: id }), { maxLength: 3 }),
      first: fc.array(
        fc.record({
          ...{ kind, userId: id, userCode: text, userName: text, permissionId: fc.nat(20) },
          status: fc.option(fc.constantFrom(...STATUS_KINDS)),
        }),
        { maxLength: 20 },
      ),
    });
    always([texts, digest], (t, data) => {
      const { blocks: shown, text: said } = driftMessage(t, data);
      expect(() => validMessageBlocks(JSON.parse(JSON.stringify(shown)))).not.toThrow();
      // An update takes no longer text
      expect(said.length).toBeLessThanOrEqual(4000);
      expect(driftDetails(t, data).text.length).toBeLessThanOrEqual(4000);
    });
  });
});
