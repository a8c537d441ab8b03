import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A process of the bench that answers each order with one message. */
export interface Child {
  ask<Answer>(order: unknown): Promise<Answer>;
  /** Sends an order that has no answer. */
  tell(order: unknown): void;
  stop(): Promise<void>;
}

/** Starts a TypeScript file of this folder as a process of its own. */
export function startChild(file: URL): Child {
  const child: ChildProcess = fork(file, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  return {
    async ask<Answer>(order: unknown) {
      const answered = once(child, 'message') as Promise<[Answer]>;
      child.send(order as object);
      const gone = ended.then(() => Promise.reject(new Error(`${file.pathname} ended before it answered`)));
      const [answer] = await Promise.race([answered, gone]);
      return answer;
    },
    tell: (order) => void child.send(order as object),
    async stop() {
      child.kill();
      await ended;
    },
  };
}
