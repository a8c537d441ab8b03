import { type Logger, LogLevel } from '@slack/bolt';

export type Level = 'debug' | 'info' | 'warn' | 'error';

/** Writes lines for the operator to standard error; standard output belongs to what a program answers. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  /** With an error, its stack follows: these are faults of ours, not of whoever started the program. */
  error(message: string, error?: unknown): void;
  /** The same log as Bolt wants it. */
  forBolt(): Logger;
}

const ORDER: readonly Level[] = ['debug', 'info', 'warn', 'error'];

/** A log of lines with time and level. @param write gets each whole line; by default standard error. */
export function createLog(level: Level, write: (line: string) => void = (line) => process.stderr.write(line)): Log {
  const put = (at: Level, message: string) => {
    if (ORDER.indexOf(at) >= ORDER.indexOf(level)) write(`${new Date().toISOString()} ${at} ${message}\n`);
  };
  const log: Log = {
    debug: (message) => put('debug', message),
    info: (message) => put('info', message),
    warn: (message) => put('warn', message),
    error: (message, error) => put('error', error === undefined ? message : `${message}: ${describe(error)}`),
    forBolt: () => ({
      debug: (...parts) => put('debug', parts.map(describe).join(' ')),
      // What Bolt calls information is detail to an operator
      info: (...parts) => put('debug', parts.map(describe).join(' ')),
      warn: (...parts) => put('warn', parts.map(describe).join(' ')),
      error: (...parts) => put('error', parts.map(describe).join(' ')),
      setLevel: () => undefined,
      getLevel: () => LogLevel.INFO,
      setName: () => undefined,
    }),
  };
  return log;
}

function describe(thing: unknown): string {
  if (thing instanceof Error) return thing.stack ?? thing.message;
  return typeof thing === 'string' ? thing : (JSON.stringify(thing) ?? String(thing));
}
