import type { Parameter } from './parameter.ts';

/** One thing to do to a person, as part of a plan. */
export type PersonStep =
  | { kind: 'assign'; number: number; keepPackage: boolean }
  | { kind: 'unassign'; number: number }
  | { kind: 'grant'; permissionId: number; value: string; param: Parameter }
  | { kind: 'disable'; permissionId: number };

/** What a person has, as far as another can be made like them. */
export interface PersonHoldings {
  /** Numbers of the active packages of which the person is an active member. */
  packages: readonly number[];
  /** Active rows set by hand. */
  grants: readonly { permissionId: number; value: string; param: Parameter }[];
}

/** A step that is proposed; taking something away is never done unless somebody asks for it. */
export interface ProposedStep {
  step: PersonStep;
  include: boolean;
}

/**
 * The steps that make `person` like `model`: first what is taken away, then packages, then what is granted by hand, so
 * that a manual grant is never a conflict of the package that comes after it. Conflicts keep what the person has
 * (DOMAIN 4).
 */
export function planLikeness(person: PersonHoldings, model: PersonHoldings): ProposedStep[] {
  const extra = person.packages.filter((number) => !model.packages.includes(number));
  const missing = model.packages.filter((number) => !person.packages.includes(number));
  const modelHas = (permissionId: number) => model.grants.some((grant) => grant.permissionId === permissionId);
  const differing = model.grants.filter(
    (wanted) =>
      !person.grants.some(
        ({ permissionId, value, param }) =>
          permissionId === wanted.permissionId && value === wanted.value && param === wanted.param,
      ),
  );
  const unlike = person.grants.filter(({ permissionId }) => !modelHas(permissionId));
  return [
    ...extra.map((number) => ({ step: { kind: 'unassign' as const, number }, include: false })),
    ...unlike.map(({ permissionId }) => ({ step: { kind: 'disable' as const, permissionId }, include: false })),
    ...missing.map((number) => ({ step: { kind: 'assign' as const, number, keepPackage: false }, include: true })),
    ...differing.map((grant) => ({ step: { kind: 'grant' as const, ...grant }, include: true })),
  ];
}
