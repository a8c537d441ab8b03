import { hashOf } from './canonicalJson.ts';
import { isCode, isLevel } from './importFormat.ts';

/** The level of a permission that is on or off and nothing else (DOMAIN 1). */
export const PLAIN_LEVEL = 'granted';

/** The key of an entry permission that nobody chose another for. */
export const ENTRY_KEY = 'open';

/** Names as an import accepts them: one line, not empty, not endless. */
const ONE_LINE = /^[^\p{Cc}\p{Cs}]*$/u;
const LONGEST_NAME = 300;

/** Whether a text can be the name of an entry of the catalogue. */
export function isEntryName(text: string): boolean {
  return text.length <= LONGEST_NAME && ONE_LINE.test(text) && text.trim() !== '';
}

/** Whether a text can be a key or a code. */
export function isEntryKey(text: string): boolean {
  return text !== '' && isCode(text);
}

/** Levels typed one to a line, lowest first; empty lines are left out. */
export function typedLevels(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Whether these can be the levels of a permission: at least one, each once. */
export function areLevels(levels: readonly string[]): boolean {
  return levels.length > 0 && new Set(levels).size === levels.length && levels.every(isLevel);
}

/** An application with exactly one permission on offer has no Profiles (Simple App Mode, DOMAIN 1). */
export function isSimpleApp(permissions: readonly { retired: boolean }[]): boolean {
  return permissions.filter(({ retired }) => !retired).length === 1;
}

/** What a form about an application shows. */
export function applicationHash({ name, retired }: { name: string; retired: boolean }): string {
  return hashOf({ name, retired });
}

/** What a form about a permission shows; also which permission is the MAIN of its application. */
export function permissionHash(
  permission: { name: string; levels: readonly string[]; scope: string; main: boolean; retired: boolean } | null,
  mainId: number | null,
): string {
  if (!permission) return hashOf({ mainId });
  const { name, levels, scope, main, retired } = permission;
  return hashOf({ name, levels: [...levels], scope, main, retired, mainId });
}

/** What a form about a structure shows. */
export function structureHash(structure: { name: string; parentId: number | null; retired: boolean }): string {
  const { name, parentId, retired } = structure;
  return hashOf({ name, parentId, retired });
}
