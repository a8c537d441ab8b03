import type { SandboxOptions, SandboxPerson } from '../options.ts';

/** The people of the workspace. */
export class Directory {
  readonly people: readonly SandboxPerson[];
  private readonly byId: Map<string, SandboxPerson>;
  private readonly homeTeamId: string;

  constructor(options: SandboxOptions) {
    this.people = options.people;
    this.byId = new Map(options.people.map((person) => [person.id, person]));
    this.homeTeamId = options.workspace.teamId;
  }

  /** The person with this id, if there is one. */
  find(id: string): SandboxPerson | undefined {
    return this.byId.get(id);
  }

  /** The person with this email address, if there is one in the home team whose account is in use. */
  findByEmail(email: string): SandboxPerson | undefined {
    const wanted = email.trim().toLowerCase();
    return this.people.find(
      (person) => person.email?.toLowerCase() === wanted && !this.isStranger(person) && !person.isDeactivated,
    );
  }

  /** The team a person belongs to. */
  teamOf(person: SandboxPerson): string {
    return person.teamId ?? this.homeTeamId;
  }

  /** Whether a person comes from another organization. */
  isStranger(person: SandboxPerson): boolean {
    return this.teamOf(person) !== this.homeTeamId;
  }
}
