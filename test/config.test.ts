import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { StartupError } from '../src/database/startupError.ts';

const http = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'secret' };

/** The problems that starting with this environment tells. */
function problemsOf(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    return error.message.split('\n').slice(1);
  }
  throw new Error('The configuration was expected to be refused');
}

describe('the configuration', () => {
  it('needs nothing: without variables it is the local workspace on an embedded database', () => {
    expect(readConfig({})).toEqual({
      databaseUrl: undefined,
      dataDir: '.data',
      host: '127.0.0.1',
      port: 3000,
      slack: { mode: 'sandbox' },
      slackApiUrl: undefined,
      command: '/package',
      sample: true,
      undoHours: 24,
      backgroundFrom: 500,
      endNoticeDays: 7,
      driftScan: '15 3 * * *',
      logLevel: 'info',
    });
  });

  it('takes every variable', () => {
    const environment = {
      DATABASE_URL: 'postgresql://user:password@db:5432/q',
      DATA_DIR: '/data',
      HOST: '0.0.0.0',
      PORT: '8080',
      ...http,
      SLACK_API_URL: 'https://slack.test/api/',
      PACKAGE_COMMAND: '/permission-packages',
      UNDO_HOURS: '48',
      SAMPLE_ORGANIZATION: 'no',
      BACKGROUND_FROM: '2000',
      END_NOTICE_DAYS: '14',
      DRIFT_SCAN_CRON: 'off',
      LOG_LEVEL: 'debug',
    };
    expect(readConfig(environment)).toEqual({
      databaseUrl: environment.DATABASE_URL,
      dataDir: '/data',
      host: '0.0.0.0',
      port: 8080,
      slack: { mode: 'http', botToken: 'xoxb-1', signingSecret: 'secret' },
      slackApiUrl: environment.SLACK_API_URL,
      command: '/permission-packages',
      sample: false,
      undoHours: 48,
      backgroundFrom: 2000,
      endNoticeDays: 14,
      driftScan: null,
      logLevel: 'debug',
    });
  });

  it('is Socket Mode with an app-level token, and HTTP with a signing secret', () => {
    const socket = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
    expect(readConfig(socket).slack).toEqual({ mode: 'socket', botToken: 'xoxb-1', appToken: 'xapp-1' });
    expect(readConfig(http).slack).toMatchObject({ mode: 'http' });
    expect(readConfig({ ...http, ...socket }).slack).toMatchObject({ mode: 'socket' });
  });

  it('takes empty and blank variables as absent', () => {
    const names = ['DATABASE_URL', 'DATA_DIR', 'HOST', 'PORT', 'SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET'];
    const all = [...names, 'SLACK_APP_TOKEN', 'SLACK_API_URL', 'PACKAGE_COMMAND', 'LOG_LEVEL'];
    for (const blank of ['', '  ']) {
      expect(readConfig(Object.fromEntries(all.map((name) => [name, blank])))).toEqual(readConfig({}));
    }
  });

  it.each([
    ['SLACK_BOT_TOKEN alone', { SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_SIGNING_SECRET (HTTP mode) or SLACK_APP_TOKEN'],
    ['SLACK_SIGNING_SECRET alone', { SLACK_SIGNING_SECRET: 's' }, 'SLACK_BOT_TOKEN is missing'],
    ['SLACK_APP_TOKEN alone', { SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN is missing'],
    ['SLACK_API_URL alone', { SLACK_API_URL: 'https://slack.test/api/' }, 'SLACK_BOT_TOKEN is missing'],
    ['a blank secret', { ...http, SLACK_SIGNING_SECRET: ' ' }, 'SLACK_SIGNING_SECRET (HTTP mode) or SLACK_APP_TOKEN'],
  ])('refuses half a set: %s', (_what, environment, problem) => {
    expect(problemsOf(environment)).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    ['DATABASE_URL', 'mysql://db', 'must be a PostgreSQL connection string'],
    ['PORT', '70000', 'must be a port number'],
    ['PORT', '1.5', 'must be a port number'],
    ['PORT', '0x50', 'must be a port number'],
    ['PORT', 'http', 'must be a port number'],
    ['SLACK_BOT_TOKEN', 'xoxp-1', 'must be a bot token, which begins with xoxb-'],
    ['SLACK_APP_TOKEN', 'xoxb-1', 'must be an app-level token, which begins with xapp-'],
    ['SLACK_API_URL', 'slack.test', 'must be an http(s) address'],
    ['PACKAGE_COMMAND', 'package', 'must be a slash command'],
    ['PACKAGE_COMMAND', '/Package', 'must be a slash command'],
    ['UNDO_HOURS', 'a day', 'must be a whole number of hours'],
    ['END_NOTICE_DAYS', '0', 'must be a number of days from 1 to 30'],
    ['END_NOTICE_DAYS', '31', 'must be a number of days from 1 to 30'],
    ['SAMPLE_ORGANIZATION', 'maybe', 'must be yes or no'],
    ['DRIFT_SCAN_CRON', 'nightly', 'must be off, or minute, hour, day, month and weekday (UTC)'],
    ['DRIFT_SCAN_CRON', '15 30 * * *', 'must be off, or minute, hour, day, month and weekday (UTC)'],
    ['LOG_LEVEL', 'loud', 'must be debug, info, warn or error'],
  ])('refuses %s=%s', (name, value, problem) => {
    const problems = problemsOf({ ...http, SLACK_APP_TOKEN: 'xapp-1', [name]: value });
    expect(problems).toEqual([expect.stringContaining(`${name} ${problem}`)]);
  });

  it('tells all problems at once, a missing half of a set too', () => {
    const problems = problemsOf({ PORT: 'x', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://', SLACK_BOT_TOKEN: 'xoxb-1' });
    expect(problems).toHaveLength(4);
    for (const name of ['PORT', 'LOG_LEVEL', 'DATABASE_URL', 'SLACK_SIGNING_SECRET']) {
      expect(problems.filter((problem) => problem.includes(name))).toHaveLength(1);
    }
  });

  it('keeps the local workspace, in which anybody can be anybody, on this machine', () => {
    expect(problemsOf({ HOST: '0.0.0.0' })).toEqual([expect.stringContaining('HOST must be 127.0.0.1')]);
    expect(readConfig({ HOST: 'localhost' }).host).toBe('localhost');
    expect(readConfig({ ...http, HOST: '0.0.0.0' }).host).toBe('0.0.0.0');
  });

  it('cannot be changed after it was read', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });
});
