import { expect, it } from 'vitest';
import { ImportError, ProblemList } from '../../../src/persistence/import/problems.ts';

function thrownBy(problems: ProblemList): ImportError {
  try {
    problems.throwIfAny();
  } catch (error) {
    if (error instanceof ImportError) return error;
  }
  throw new Error('nothing was thrown');
}

it('orders problems by their place in the file, whatever the order in which they were found', () => {
  const problems = new ProblemList();
  for (const section of ['users', 'organization', 'groups']) problems.beginSection(section);
  const places = [
    ...[
      'users[2].name',
      'users[10].code',
      'users[10].name',
      'organization.locale',
      'groups[0]',
      'groups[0].members[2]',
    ],
    ...['groups[0].members[11]', 'rules'],
  ];
  for (const place of [5, 7, 1, 0, 3, 6, 2, 4].map((k) => places[k] as string)) problems.add(place, 'wrong');
  expect(thrownBy(problems).problems.map(({ place }) => place)).toEqual(places);
});

it('keeps the first problems of the file and counts all', () => {
  const problems = new ProblemList(3);
  problems.beginSection('users');
  for (let i = 999; i >= 0; i--) problems.add(`users[${i}]`, 'wrong');
  problems.add('users[5000]', 'wrong', 50);
  const error = thrownBy(problems);
  expect(error.total).toBe(1_050);
  expect(error.problems.map(({ place }) => place)).toEqual(['users[0]', 'users[1]', 'users[2]']);
});

it('throws nothing where there is no problem', () => {
  expect(() => new ProblemList().throwIfAny()).not.toThrow();
});
