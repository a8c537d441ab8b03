/** One thing wrong with a file: where, and what. */
export interface ImportProblem {
  /** Like `users[12].structure`; for broken JSON, line and column. */
  place: string;
  message: string;
}

/** A file that was refused; nothing of it was written. */
export class ImportError extends Error {
  override name = 'ImportError';
  /** The first problems, in the order of the file. */
  readonly problems: readonly ImportProblem[];
  /** How many there are in all. */
  readonly total: number;

  constructor(problems: readonly ImportProblem[], total: number) {
    super(`the file has ${total} ${total === 1 ? 'problem' : 'problems'}`);
    this.problems = problems;
    this.total = total;
  }
}

/** Problems that are kept and shown; the rest is counted. */
const SHOWN = 100;

/**
 * Gathers problems in any order and keeps those that come first in the file, in bounded memory. Within an element they
 * are ordered by position in lists, else as found (which is the order of the format).
 */
export class ProblemList {
  private readonly sections: string[] = [];
  private kept: { problem: ImportProblem; path: (string | number)[]; found: number }[] = [];
  private count = 0;
  private readonly shown: number;

  constructor(shown = SHOWN) {
    this.shown = shown;
  }

  get total(): number {
    return this.count;
  }

  /** Says that a section begins here: sections are ordered as they stand in the file. */
  beginSection(name: string): void {
    if (!this.sections.includes(name)) this.sections.push(name);
  }

  /** @param count how many problems this one stands for, where a query left the later ones away. */
  add(place: string, message: string, count = 1): void {
    this.count += count;
    this.kept.push({ problem: { place, message }, path: pathOf(place), found: this.count });
    if (this.kept.length >= this.shown * 10) this.keepFirst();
  }

  /** How many problems of one kind are worth asking the database for. */
  get limit(): number {
    return this.shown;
  }

  /** @throws ImportError where there is any problem. */
  throwIfAny(): void {
    if (this.count === 0) return;
    this.keepFirst();
    throw new ImportError(
      this.kept.map(({ problem }) => problem),
      this.count,
    );
  }

  private keepFirst(): void {
    this.kept.sort((a, b) => this.compare(a.path, b.path) || a.found - b.found);
    this.kept.length = Math.min(this.kept.length, this.shown);
  }

  private compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
    const bySection = this.rank(a[0]) - this.rank(b[0]);
    if (bySection !== 0) return bySection;
    for (let i = 1; i < a.length && i < b.length; i++) {
      const [left, right] = [a[i], b[i]];
      if (typeof left === 'number' && typeof right === 'number' && left !== right) return left - right;
      if (left !== right) return fieldRank(left) - fieldRank(right);
    }
    return a.length - b.length;
  }

  /** What belongs to no section read so far (broken JSON, a missing section) comes last. */
  private rank(section: string | number | undefined): number {
    const index = this.sections.indexOf(String(section));
    return index < 0 ? this.sections.length : index;
  }
}

/**
 * The fields of the format that hold lists, and those that name an element, as they follow each other in an element.
 */
const FIELD_ORDER = [
  ...[
    'key',
    'code',
    'number',
    'user',
    'application',
    'permission',
    'name',
    'description',
    'timeZone',
    'locale',
    'email',
  ],
  ...[
    'parent',
    'group',
    'structure',
    'slackUserId',
    'founder',
    'left',
    'main',
    'levels',
    'scope',
    'value',
    'param',
    'active',
  ],
  ...['source', 'disabledBy', 'removed', 'structures', 'state', 'permissions', 'members', 'former', 'users'],
  'metaPermissions',
];

function fieldRank(field: string | number | undefined): number {
  const rank = FIELD_ORDER.indexOf(String(field));
  return rank < 0 ? FIELD_ORDER.length : rank;
}

/** `users[12].structure` → `['users', 12, 'structure']`. */
function pathOf(place: string): (string | number)[] {
  return place
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
