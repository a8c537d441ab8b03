/**
 * A reason why the program cannot start or go on, worded for the person who started it: what is wrong and what to do.
 * The entry points print the message alone, without a stack trace, and exit with a non-zero code.
 */
export class StartupError extends Error {
  override name = 'StartupError';
}
