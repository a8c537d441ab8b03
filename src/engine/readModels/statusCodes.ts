import { statusOfCode } from '../../persistence/statusCode.ts';
import type { Divergence, StatusKind } from '../core/statusTable.ts';

/** What a status code stored with an assignment means; assignments are about live permissions only. */
export function statusOfStoredCode(code: number): { kind: StatusKind; divergence: Divergence | null } {
  return statusOfCode(code, true);
}
