import { canonicalParameter } from '../../engine/core/parameter.ts';
import type { CopyValue } from './copyWriter.ts';

/** The columns `param` (canonical) and `param_as_given` (only where the file's order or repetitions differ from it). */
export function parameterColumns(codes: readonly (string | undefined)[] | undefined): [CopyValue, CopyValue] {
  const known = (codes ?? []).map((code) => code ?? '');
  const given = known.join(',');
  const canonical = canonicalParameter(known.filter((code) => code !== ''));
  return [canonical, canonical === given ? null : given];
}
