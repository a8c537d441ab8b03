const SEPARATORS = [',', ';', '\t'];

/** The separator that a first line of CSV has most of: a comma, a semicolon or a tab; a comma where it has none. */
export function separatorOf(line: string): string {
  const count = (separator: string) => line.split(separator).length;
  return SEPARATORS.reduce((best, each) => (count(each) > count(best) ? each : best));
}
