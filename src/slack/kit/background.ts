import type { BackgroundCommand, BackgroundKind, BackgroundOutcome } from '../../engine/operations/backgroundKinds.ts';
import { enqueueBackground } from '../../engine/operations/enqueueBackground.ts';
import type { EngineContext } from '../../engine/operations/runOperation.ts';
import type { Interaction } from './interaction.ts';
import type { Texts } from './texts/index.ts';

/** How a kind of operation is told of, by the feature that offers it. */
export interface BackgroundWording<Outcome> {
  /** What is being done, as a beginning of a sentence: "Assigning package:3 to 10,000 people". */
  doing(texts: Texts, about: { subject: string; people: number }): string;
  /** Title of the window that tells the outcome. */
  title(texts: Texts): string;
  /** The outcome in sentences, counts first. */
  done(texts: Texts, subject: string, outcome: Outcome): string[];
}

/** A confirmed operation, as a feature hands it over. */
export interface BackgroundWork<K extends BackgroundKind> {
  kind: K;
  key: string;
  command: BackgroundCommand<K>;
  people: number;
  /** What it is about, in mrkdwn and the person's language, such as a package's name. */
  subject: string;
}

/** Operations that nobody waits for: a worker does them, and their progress is told in the window and in a message. */
export interface Background {
  /** Says how a kind of operation is told of. */
  describe<K extends BackgroundKind>(kind: K, wording: BackgroundWording<BackgroundOutcome<K>>): void;
  /** @throws where no feature described the kind. */
  wordingOf(kind: string): BackgroundWording<unknown>;
  /** Whether an operation on so many people is left to a worker. */
  takes(people: number): boolean;
  /**
   * Leaves a confirmed operation to a worker, which authorizes it again. The window it came from shows its progress.
   */
  start<K extends BackgroundKind>(interaction: Interaction, work: BackgroundWork<K>): Promise<void>;
}

export interface BackgroundOptions {
  engine: EngineContext;
  /** People in one operation from which it is left to a worker. */
  from: number;
  /** Called when something was left to a worker, so that it is told at once. */
  onStarted: () => void;
}

/** The background work of this process; features describe the kinds that they leave to it. */
export function createBackground({ engine, from, onStarted }: BackgroundOptions): Background {
  const wordings = new Map<string, BackgroundWording<never>>();
  return {
    describe(kind, wording) {
      wordings.set(kind, wording);
    },
    wordingOf(kind) {
      const wording = wordings.get(kind);
      if (!wording) throw new Error(`No feature describes operations of the kind ${kind}`);
      // It gets nothing but outcomes of its own kind
      return wording as BackgroundWording<unknown>;
    },
    takes: (people) => people >= from,
    async start({ identity: { actor }, view }, work) {
      await enqueueBackground(engine, { ...work, actor, reportTo: view ? { viewId: view.id } : {} });
      onStarted();
    },
  };
}
