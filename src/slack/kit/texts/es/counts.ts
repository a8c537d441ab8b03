/** "1 persona", "2 personas". */
export function count(n: number, one: string, many: string): string {
  return `${n.toLocaleString('es')} ${n === 1 ? one : many}`;
}

/** Counted people. */
export const people = (n: number) => count(n, 'persona', 'personas');
/** Counted permissions. */
export const permissions = (n: number) => count(n, 'permiso', 'permisos');
