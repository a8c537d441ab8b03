import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The program as a process of its own, as `npm start` runs it. */
export interface Program {
  process: ChildProcess;
  /** Everything it wrote so far. */
  output(): { out: string; err: string };
  /** Resolves with the address once it says that it is ready. @throws with its output where it ends before. */
  ready(): Promise<string>;
  /** Resolves with the exit code. */
  ended(): Promise<number | null>;
}

/** Starts the program, or `entry`, with these variables and nothing of the surroundings but PATH and HOME. */
export function startProgram(variables: Record<string, string>, entry = 'src/main.ts'): Program {
  const child = spawn(process.execPath, ['--import', 'tsx', entry], {
    cwd: ROOT,
    // An empty value keeps a developer's .env out of the test
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...EMPTY, PORT: '0', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk;
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const ready = async (): Promise<string> => {
    for (;;) {
      const address = /http:\/\/\S+(?= in a browser|\n)/.exec(out)?.[0];
      if (address) return address;
      const stopped = await Promise.race([once(child.stdout, 'data').then(() => false), ended.then(() => true)]);
      if (stopped) throw new Error(`The program ended before it was ready:\n${out}${err}`);
    }
  };
  return { process: child, output: () => ({ out, err }), ready, ended: () => ended };
}

const EMPTY = {
  ...{ DATABASE_URL: '', SLACK_BOT_TOKEN: '', SLACK_SIGNING_SECRET: '', SLACK_APP_TOKEN: '', SLACK_API_URL: '' },
  ...{ PACKAGE_COMMAND: '', HOST: '', BACKGROUND_FROM: '' },
};
