import { describe, expect, it } from 'vitest';
import type { ReportCell } from '../../src/report/reportModel.ts';
import { cellOf, permissionOf, permissionsOf, personOf, renderText } from './sampleReport.ts';

const flat = (text: string) => text.replace(/\s+/g, ' ');

describe('the report about one person', () => {
  it('tells the organization, the package, the person, who, when and with whose approval', async () => {
    const permissions = permissionsOf(2);
    const { text } = await renderText(permissions, [personOf(4, permissions, { name: 'María José Kovács' })]);
    for (const fact of [
      'Universitat del Litoral',
      'Assignment report',
      'María José Kovács',
      'P1004 · Assigned',
      'package:12 · Registry clerk',
      'Front-office registry work',
      'REG · Registry',
      'P1001 · Dávid Nguyễn',
      'P1005 · Àlex Puig i Ferrer',
      '22 November 2026, 14:05 (Europe/Madrid, UTC+1)',
    ]) {
      expect(text).toContain(fact);
    }
  });

  it('has no tiles and no list of people', async () => {
    const permissions = permissionsOf(2);
    const { text, pages } = await renderText(permissions, [personOf(4, permissions)]);
    expect(pages).toHaveLength(1);
    expect(text).not.toContain('Summary');
    expect(text).not.toContain('People');
  });

  it('tells for each permission what was there, what was decided and what came of it', async () => {
    const permission = permissionOf(1, { name: 'Grades' });
    const row = async (cell: Partial<ReportCell>) => {
      const { pages } = await renderText([permission], [personOf(4, [], { cells: [cellOf(permission, cell)] })]);
      const lines = pages[0]?.lines ?? [];
      const start = lines.findIndex((line) => line.startsWith('Student Registry Grades edit'));
      return lines
        .slice(
          start,
          lines.findIndex((line) => line.startsWith('Keep Package:')),
        )
        .join(' ');
    };
    const manual = { kind: 'active', value: 'view', param: '*', source: 'manual' } as const;
    expect(await row({})).toBe('Student Registry Grades edit FENG, FHUM Nothing — Active');
    expect(await row({ before: manual, decision: 'keep_original', status: 'Divergent (All)' })).toBe(
      'Student Registry Grades edit FENG, FHUM view · All structures Keep Original Divergent (All) by hand',
    );
    const removed = {
      kind: 'inactive',
      value: 'edit',
      param: '',
      source: 'package:2',
      reason: 'unassignment',
    } as const;
    expect(await row({ before: removed })).toContain(
      'Inactive: edit · No — Active structures package:2, assignment removed',
    );
    const profile = { kind: 'profile', name: 'Reader', value: 'view', param: 'FENG' } as const;
    expect(await row({ before: profile, decision: 'keep_package' })).toContain(
      'view · FENG Keep Package Active Profile: Reader',
    );
  });

  it('marks the MAIN permission, and no other', async () => {
    const permissions = [permissionOf(0, { main: true, name: 'Open' }), permissionOf(1)];
    const { pages } = await renderText(permissions, [personOf(4, permissions)]);
    expect(pages[0]?.items.filter(({ text }) => text === 'MAIN')).toHaveLength(1);
    const open = pages[0]?.items.find(({ text }) => text === 'Open');
    const mark = pages[0]?.items.find(({ text }) => text === 'MAIN');
    expect(Math.abs((open?.y ?? 0) - (mark?.y ?? 99))).toBeLessThan(4);
  });

  it('lists the permissions of the package for a founder, for whom nothing is written', async () => {
    const permissions = permissionsOf(2);
    const { text } = await renderText(permissions, [personOf(4, [], { membership: 'founder' })]);
    expect(text).toContain('A founder has full access to everything');
    expect(text).toContain('Student Registry Permission 1 edit FENG, FHUM');
  });
});

describe('the report about many people', () => {
  it('begins with the counts and the permissions of the package', async () => {
    const permissions = permissionsOf(3);
    const [first] = permissions;
    const kept = first ? [cellOf(first, { decision: 'keep_original', status: 'Divergent (Value)' })] : [];
    const people = [
      personOf(1, permissions),
      personOf(2, [], { cells: kept, membership: 'reassigned' }),
      personOf(3, [], { membership: 'founder' }),
      personOf(4, [], { membership: 'unchanged' }),
    ];
    const { text } = await renderText(permissions, people);
    expect(flat(text)).toContain(
      'Summary 4 1 1 1 1 3 1 People Assigned Re-assigned Founders Already Permissions Permissions',
    );
    expect(text).toContain('Application Permission Value Parameter\nStudent Registry Permission 0 edit FENG, FHUM');
    expect(text).toMatch(/P1003 · Person 3 Founder\nA founder has full access/m);
    expect(text).toMatch(/P1004 · Person 4 Already a member\nAlready an active member/m);
  });

  it('prints the counts of resulting statuses that it is given', async () => {
    const permissions = permissionsOf(1);
    const people = [personOf(1, permissions), personOf(2, permissions)];
    const summary = { people: 2, assigned: 2, reassigned: 0, founders: 0, unchanged: 0, written: 2, kept: 0 };
    const statuses = [{ status: 'Other Package (package:2)', count: 1200 }];
    const { text } = await renderText(permissions, people, { summary: { ...summary, statuses } });
    expect(text).toContain('Other Package (package:2): 1,200');
  });

  it('cuts the package’s long list of structures short where each person’s table repeats it', async () => {
    const codes = Array.from({ length: 30 }, (_, index) => `S${10 + index}`);
    const permissions = [permissionOf(0, { param: codes.join(',') })];
    const { text } = await renderText(permissions, [personOf(1, permissions), personOf(2, permissions)]);
    const before = flat(text).split('Structures')[0] ?? '';
    expect(before.match(/S39/g)).toHaveLength(1);
    expect(before.match(/and 22 more/g)).toHaveLength(2);
  });
});

it('explains the structure codes that occur, in the package and in what was there before, and no others', async () => {
  const permission = permissionOf(0, { param: 'FENG' });
  const before = { kind: 'active', value: 'edit', param: 'REG,X1', source: 'manual' } as const;
  const { text } = await renderText([permission], [personOf(1, [], { cells: [cellOf(permission, { before })] })]);
  const legend = text.slice(text.indexOf('\nStructures\n'), text.indexOf('Verification'));
  expect(flat(legend).trim()).toBe('Structures FENG · Faculty of Engineering REG · Registry X1');
});

it('says how many structures a huge legend leaves out', async () => {
  const codes = Array.from({ length: 400 }, (_, index) => `S${1000 + index}`);
  const permissions = [permissionOf(0, { param: codes.join(',') })];
  const structureNames = Object.fromEntries(codes.map((code) => [code, `Structure ${code}`]));
  const { text } = await renderText(permissions, [personOf(1, permissions)], { structureNames });
  expect(text).toContain('S1149 · Structure S1149');
  expect(text).not.toContain('S1150 · Structure S1150');
  expect(text).toContain('and 250 more that are not listed here.');
});

it('puts warnings, whole hashes and the audit record where a reader can check them', async () => {
  const permissions = permissionsOf(1);
  const warnings = ['Library lacks its MAIN permission.'];
  const { text, pages } = await renderText(permissions, [personOf(1, permissions)], { warnings });
  expect(text).toContain('Warnings\nLibrary lacks its MAIN permission.');
  expect(pages.at(-1)?.text).toContain(
    'Audit record hash 9b1c0e7a55aa41b2c3d4e5f60718293a4b5c6d7e8f9001122334455667788990',
  );
  expect(pages.at(-1)?.text).toContain('Plan hash 3f2a9c1b4d5e6f708192a3b4c5d6e7f83f2a9c1b4d5e6f708192a3b4c5d6e7f8');
  expect(pages[0]?.text).toContain('Audit record 4213 · Plan 3f2a9c1b4d5e6f70…');
});

it('speaks Spanish', async () => {
  const permissions = [permissionOf(0, { param: '*' })];
  const { text, language } = await renderText(permissions, [personOf(1, permissions)], {
    locale: 'es',
    approvedBy: [],
  });
  expect(language).toBe('es');
  expect(text).toContain('Informe de asignación');
  expect(text).toContain('22 de noviembre de 2026, 14:05 (Europe/Madrid, UTC+1)');
  expect(text).toContain('No se requería aprobación');
  expect(text).toContain('Página 1 de 1');
  expect(flat(text)).toContain('Todas las');
});

it('says until when an assignment for a time lasts, and nothing of it where it has no end', async () => {
  const permissions = permissionsOf(1);
  const textOf = async (until: string | null, locale: 'en' | 'es') =>
    flat((await renderText(permissions, [personOf(1, permissions)], { until, locale })).text);
  expect(await textOf('2026-12-12', 'en')).toContain('Until 12 December 2026');
  expect(await textOf('2026-12-12', 'es')).toContain('Hasta 12 de diciembre de 2026');
  expect(await textOf(null, 'en')).not.toContain('Until');
});

it('bears its facts as metadata, safe for XML, and a bookmark for each person', async () => {
  const permissions = permissionsOf(1);
  const people = [personOf(1, permissions, { name: 'Олена Щербак' }), personOf(2, permissions)];
  const organization = { name: 'Müller & <Sons>' };
  const { info, metadata, bookmarks, language } = await renderText(permissions, people, { organization });
  expect(info.Title).toBe('Assignment report: package:12 Registry clerk');
  expect(info.Author).toBe('Müller & <Sons>');
  expect(info.CreationDate).toBe('D:20261122130500Z');
  expect(metadata).toContain('Müller &amp; &lt;Sons&gt;');
  expect(language).toBe('en');
  expect(bookmarks).toEqual([
    'Summary',
    'Permissions',
    'People',
    'P1001 · Олена Щербак',
    'P1002 · Person 2',
    'Structures',
    'Verification',
  ]);
});

it('leaves the people out of the bookmarks where there are more than 500', async () => {
  const permissions = permissionsOf(1);
  const people = Array.from({ length: 501 }, (_, index) => personOf(index, [], { membership: 'unchanged' }));
  const { bookmarks } = await renderText(permissions, people);
  expect(bookmarks).toEqual(['Summary', 'Permissions', 'People', 'Structures', 'Verification']);
});
