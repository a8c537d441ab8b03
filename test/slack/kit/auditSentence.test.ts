import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/engine/core/canonicalJson.ts';
import { RECORDED_KINDS } from '../../../src/engine/core/recordedKinds.ts';
import { auditLines } from '../../../src/slack/kit/auditLines.ts';
import { auditKind, auditSentence, plainAuditSentence, type ToldRecord } from '../../../src/slack/kit/auditSentence.ts';
import { textsOf } from '../../../src/slack/kit/texts/index.ts';

const en = textsOf('en');
const es = textsOf('es');

const ANA = { userId: 1, code: 'P1', name: 'Ana <Ruiz>' };

function record(kind: string, about: Partial<ToldRecord> = {}): ToldRecord {
  const nothing = { subject: {}, before: null, after: null, packageNumber: null, packageName: null };
  return { kind, actor: { code: 'A1', name: 'Ada' }, ...nothing, people: 0, person: null, ...about };
}

/** The kinds that stand in the operations as plain words. */
function writtenKinds(): string[] {
  const folder = fileURLToPath(new URL('../../../src/engine/operations', import.meta.url));
  const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  return sources.flatMap((source) =>
    [...source.matchAll(/kind: '([a-z_]+)',\s*needs\b|(?:KIND|const kind) = '([a-z_]+)'/g)].map(
      (found) => found[1] ?? found[2] ?? '',
    ),
  );
}

describe('the words of the audit trail', () => {
  it('tell every kind of operation that the program writes', () => {
    const written = writtenKinds();
    expect(written.length).toBeGreaterThan(20);
    expect(written.filter((kind) => !(RECORDED_KINDS as readonly string[]).includes(kind))).toEqual([]);
  });

  it.each(RECORDED_KINDS)('say who did what of %s, also where the record says nothing more', (kind) => {
    for (const texts of [en, es]) {
      for (const about of [{}, { subject: null as Json }, { subject: [] as Json }]) {
        const sentence = auditSentence(texts, record(kind, about));
        expect(sentence).toMatch(/^Ada \(A1\).{4,}\.$/);
        expect(sentence).not.toMatch(/undefined|null|NaN|\[object/);
      }
    }
    expect(auditSentence(en, record(kind))).not.toBe(auditSentence(es, record(kind)));
  });

  it.each([
    [
      record('assign_package', {
        packageNumber: 3,
        packageName: 'Clerk',
        subject: { package: 3, people: 12 },
        people: 14,
      }),
      'Ada (A1) assigned package:3 Clerk to 12 people.',
      'Ada (A1) asignó package:3 Clerk a 12 personas.',
    ],
    [
      record('clone_package', { packageNumber: 5, packageName: 'Copy', subject: { package: 5, from: 3 } }),
      'Ada (A1) created package:5 Copy as a copy of package:3.',
      'Ada (A1) creó package:5 Copy como copia de package:3.',
    ],
    [
      record('grant_permission', {
        ...{ subject: { user: 'P1', permission: 'Registry · Open', change: 'set' }, person: ANA, people: 1 },
        after: { active: true, value: 'edit', param: 'REG', source: 'manual', reason: null },
      }),
      'Ada (A1) set Registry · Open of Ana <Ruiz> (P1) by hand to edit (REG).',
      'Ada (A1) puso a mano Registry · Open de Ana <Ruiz> (P1): edit (REG).',
    ],
    [
      record('undo', { subject: { undone: 7, kind: 'assign_package', package: 3 }, packageNumber: 3, actor: null }),
      'The command line undid: Package assigned, package:3 (7).',
      'La línea de comandos deshizo: Paquete asignado, package:3 (7).',
    ],
    [
      record('expire_request', { subject: { request: 12, people: 2 }, people: 2, actor: null }),
      'Quartermaster: the request for 2 people expired.',
      'Quartermaster: la solicitud para 2 personas caducó.',
    ],
    [
      record('transfer_founder', { subject: { from: 'A1', to: 'Bo' }, before: ['A1'], after: ['B1'] }),
      'Ada (A1) named Bo a founder and stepped down.',
      'Ada (A1) nombró fundador a Bo y dejó de serlo.',
    ],
    [
      record('weigh_request', { subject: { request: 12, package: 'Clerk' }, people: 2 }),
      'Ada (A1): weigh request (request 12, package Clerk, 2 people).',
      'Ada (A1): weigh request (request 12, package Clerk, 2 personas).',
    ],
  ])('are sentences (%#)', (told, english, spanish) => {
    expect(plainAuditSentence(en, told)).toBe(english);
    expect(plainAuditSentence(es, told)).toBe(spanish);
  });

  it('escape what people wrote, for Slack', () => {
    const told = record('edit_person', { person: ANA, people: 1, subject: { user: 'P1' } });
    expect(auditSentence(en, told)).toBe('Ada (A1) edited the details of Ana &lt;Ruiz&gt; (P1).');
    expect(auditSentence(en, record('x<y', { subject: { note: '<!channel>' } }))).toContain(
      'x&lt;y (note &lt;!channel&gt;)',
    );
    expect(auditKind(en, 'weigh_request')).toBe('weigh request');
  });

  it('tell a change field by field, and states one after the other, in words', () => {
    const lines = (kind: string, before: Json, after: Json) =>
      auditLines(en, { ...record(kind), before, after } as never);
    expect(lines('edit_person', { name: 'A', email: '' }, { name: 'B', email: '' })).toEqual({
      kind: 'change',
      lines: ['• Name: A → B', '• E-mail: none'],
    });
    expect(lines('set_meta_permissions', ['view'], ['view', 'administer'])).toEqual({
      kind: 'change',
      lines: ['• Rights here: view → view, administer'],
    });
    const permissions = [{ permission: 'Registry · Open', value: 'edit', param: '*' }];
    expect(lines('assign_package', null, { assigned: 1, permissions })).toEqual({
      kind: 'states',
      before: [],
      after: ['• Assigned: 1', '• Permissions: Registry · Open `edit` (All structures)'],
    });
    const imported = { sections: { users: { created: 2, changed: 0, unchanged: 1 } } };
    expect(lines('import_organization', null, imported)).toMatchObject({
      after: ['• People: Created 2, Changed 0, Left as they were 1'],
    });
    const many = Array.from({ length: 15 }, (_, index) => `P${index}`);
    expect(lines('person_left', { left: null }, { left: '2026-05-03T10:00:00.000Z', users: many })).toMatchObject({
      after: ['• Left: 3 May 2026, 10:00 UTC', expect.stringMatching(/^• People: P0, .+, P11 \+3 more$/)],
    });
    expect(lines('future', { strangeField: '<x>' }, null)).toMatchObject({ before: ['• strange field: &lt;x&gt;'] });
  });
});
