/** "1 person", "2 people". */
export function count(n: number, one: string, many: string): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}

/** Counted people. */
export const people = (n: number) => count(n, 'person', 'people');
/** Counted permissions. */
export const permissions = (n: number) => count(n, 'permission', 'permissions');
