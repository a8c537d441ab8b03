import type { AssignmentOutcome } from '../../engine/operations/assignPackage.ts';
import type { Texts } from '../kit/texts/index.ts';

/** The outcome of an assignment in sentences, counts first. */
export function assignmentDone(texts: Texts, pack: string, outcome: AssignmentOutcome): string[] {
  const { done } = texts.assign;
  return [
    ...(outcome.assigned > 0 ? [done.assigned(outcome.assigned, pack)] : []),
    ...(outcome.reassigned > 0 ? [done.reassigned(outcome.reassigned, pack)] : []),
    done.written(outcome.written),
    ...(outcome.keptPackage > 0 ? [done.keptPackage(outcome.keptPackage)] : []),
    ...(outcome.keptOriginal > 0 ? [done.keptOriginal(outcome.keptOriginal)] : []),
    ...(outcome.founders > 0 ? [done.founders(outcome.founders)] : []),
    ...(outcome.already > 0 ? [done.already(outcome.already)] : []),
    done.report,
    done.logOut,
  ];
}
