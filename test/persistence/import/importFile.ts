import {
  ImportError,
  type ImportProblem,
  type ImportSummary,
  importOrganization,
} from '../../../src/engine/operations/importOrganization.ts';
import type { Database } from '../../../src/persistence/database.ts';

/** A file in the making: tests change what they are about. */
export interface FileDraft {
  organization: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: tests put wrong things into files on purpose
  [section: string]: any;
}

/** A small file without problems that uses every section. */
export function validFile(): FileDraft {
  return {
    organization: { name: 'Port Town', timeZone: 'Europe/Dublin', locale: 'en' },
    structures: [
      { code: 'TOWN', name: 'Port Town', parent: null },
      { code: 'REG', name: 'Registry', parent: 'TOWN' },
      { code: 'FIN', name: 'Finance', parent: 'TOWN' },
    ],
    users: [
      { code: 'P1', name: 'Ana Ruíz', email: 'p1@town.example', structure: 'TOWN', slackUserId: 'U001', founder: true },
      { code: 'P2', name: 'Bjørn Dahl', email: 'p2@town.example', structure: 'REG', slackUserId: 'U002' },
      { code: 'P3', name: 'Олена Гай', email: 'p3@town.example', structure: 'FIN', slackUserId: 'U003' },
      { code: 'P4', name: 'Thảo Lê', email: 'p4@town.example', structure: 'FIN' },
    ],
    groups: [{ code: 'rota', name: 'Rota', members: ['P2', 'P3'] }],
    applications: [
      {
        key: 'registry',
        name: 'Registry',
        permissions: [
          { key: 'open', name: 'Open', main: true, levels: ['granted'], scope: 'none' },
          { key: 'records', name: 'Records', levels: ['view', 'edit', 'admin'], scope: 'structures' },
          { key: 'grades', name: 'Grades', levels: ['view', 'enter'], scope: 'structures' },
        ],
      },
    ],
    packages: [
      {
        ...{ number: 1, name: 'Clerk', description: 'Front <office>\nand back', structures: ['REG'], state: 'active' },
        permissions: [
          { application: 'registry', permission: 'open', value: 'granted' },
          { application: 'registry', permission: 'records', value: 'edit', param: ['REG', 'FIN'] },
          { application: 'registry', permission: 'grades', value: 'view', param: ['*'], removed: true },
        ],
        ...{ members: ['P1', 'P2', 'P3'], former: ['P4'] },
      },
    ],
    authorizations: [
      { user: 'P2', application: 'registry', permission: 'open', value: 'granted', active: true, source: 'package:1' },
      {
        ...{ user: 'P2', application: 'registry', permission: 'records', value: 'edit', param: ['REG', 'FIN', 'REG'] },
        ...{ active: true, source: 'package:1' },
      },
      { user: 'P3', application: 'registry', permission: 'open', value: 'granted', active: false, source: 'manual' },
      {
        ...{ user: 'P4', application: 'registry', permission: 'records', value: 'view', param: ['*'] },
        ...{ active: false, source: 'package:1', disabledBy: 'unassignment' },
      },
    ],
    profiles: [
      {
        application: 'registry',
        name: 'Reader',
        permissions: [{ permission: 'open', value: 'granted' }],
        users: ['P4'],
      },
    ],
    rules: [
      { name: 'Rota', group: 'rota', application: 'registry', permission: 'records', value: 'view', param: ['FIN'] },
      { name: 'Finance', structure: 'FIN', application: 'registry', permission: 'open', value: 'granted' },
    ],
    administrators: [{ user: 'P2', metaPermissions: ['assign_packages', 'view'] }],
  };
}

/** The bytes of a file, in chunks that end wherever they may. */
export async function* bytesOf(file: unknown, chunk = 777): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(typeof file === 'string' ? file : JSON.stringify(file, null, 1));
  for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
}

export const IMPORTED_AT = new Date('2026-05-03T10:00:00Z');

/** Imports a file made by a test. */
export function importFile(
  database: Database,
  file: unknown,
  slackTeamId: string | null = null,
): Promise<ImportSummary> {
  return importOrganization({ database, source: bytesOf(file), target: { slackTeamId }, now: IMPORTED_AT });
}

/** The problems of a file that must be refused. */
export async function problemsOf(database: Database, file: unknown): Promise<readonly ImportProblem[]> {
  const error = await importFile(database, file).then(
    () => new Error('the file was imported'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ImportError)) throw error;
  return error.problems;
}

/** What is told of a valid file after a change. */
export async function toldOf(database: Database, change: (file: FileDraft) => void): Promise<string[]> {
  const file = validFile();
  change(file);
  return (await problemsOf(database, file)).map(({ place, message }) => `${place}: ${message}`);
}
