import { z } from 'zod';
import { StartupError } from './database/startupError.ts';
import { isCronPattern } from './jobs/cronPattern.ts';

const optionalText = z
  .string()
  .trim()
  .optional()
  .transform((text) => text || undefined);

/** People whose access one operation changes within a second or two, on modest hardware. */
const DEFAULT_BACKGROUND_FROM = '500';

/** Every night. */
const DEFAULT_DRIFT_SCAN = '15 3 * * *';

const Environment = z.object({
  DATABASE_URL: optionalText.refine((url) => url === undefined || /^postgres(ql)?:\/\/./.test(url), {
    error: 'must be a PostgreSQL connection string such as postgresql://user:password@host:5432/database',
  }),
  DATA_DIR: optionalText.transform((path) => path ?? '.data'),
  HOST: optionalText.transform((host) => host ?? '127.0.0.1'),
  PORT: optionalText.transform((text, context) => {
    const port = /^\d{1,5}$/.test(text ?? '3000') ? Number(text ?? '3000') : Number.NaN;
    if (port <= 65535) return port;
    context.addIssue({ code: 'custom', message: 'must be a port number from 0 to 65535' });
    return z.NEVER;
  }),
  SLACK_BOT_TOKEN: optionalText.refine((token) => token === undefined || token.startsWith('xoxb-'), {
    error: 'must be a bot token, which begins with xoxb-',
  }),
  SLACK_SIGNING_SECRET: optionalText,
  SLACK_APP_TOKEN: optionalText.refine((token) => token === undefined || token.startsWith('xapp-'), {
    error: 'must be an app-level token, which begins with xapp-',
  }),
  SLACK_API_URL: optionalText.refine((url) => url === undefined || /^https?:\/\/./.test(url), {
    error: 'must be an http(s) address',
  }),
  PACKAGE_COMMAND: optionalText
    .transform((command) => command ?? '/package')
    .refine((command) => /^\/[a-z0-9_-]{1,31}$/.test(command), {
      error: 'must be a slash command of lower-case letters, digits, - and _, such as /package',
    }),
  SAMPLE_ORGANIZATION: optionalText
    .pipe(z.enum(['yes', 'no'], { error: 'must be yes or no' }).default('yes'))
    .transform((answer) => answer === 'yes'),
  UNDO_HOURS: optionalText.transform((text, context) => {
    if (/^\d{1,5}$/.test(text ?? '24')) return Number(text ?? '24');
    context.addIssue({ code: 'custom', message: 'must be a whole number of hours' });
    return z.NEVER;
  }),
  BACKGROUND_FROM: optionalText
    .transform((people) => people ?? DEFAULT_BACKGROUND_FROM)
    .refine((people) => /^[1-9]\d{0,8}$/.test(people), { error: 'must be a number of people, 1 or more' })
    .transform(Number),
  END_NOTICE_DAYS: optionalText
    .transform((days) => days ?? '7')
    .refine((days) => /^([1-9]|[12]\d|30)$/.test(days), { error: 'must be a number of days from 1 to 30' })
    .transform(Number),
  DRIFT_SCAN_CRON: optionalText
    .transform((pattern) => pattern ?? DEFAULT_DRIFT_SCAN)
    .refine((pattern) => pattern === 'off' || isCronPattern(pattern), {
      error: 'must be off, or minute, hour, day, month and weekday (UTC) such as 15 3 * * *',
    })
    .transform((pattern) => (pattern === 'off' ? null : pattern)),
  LOG_LEVEL: optionalText.pipe(
    z.enum(['debug', 'info', 'warn', 'error'], { error: 'must be debug, info, warn or error' }).default('info'),
  ),
});

/** The variables of which some make a set; read apart, so that a missing one is told beside all other problems. */
const SlackVariables = z.object({
  SLACK_BOT_TOKEN: optionalText,
  SLACK_SIGNING_SECRET: optionalText,
  SLACK_APP_TOKEN: optionalText,
  SLACK_API_URL: optionalText,
});

/** How the bot meets Slack. */
export type SlackMode =
  | { mode: 'http'; botToken: string; signingSecret: string }
  | { mode: 'socket'; botToken: string; appToken: string }
  | { mode: 'sandbox' };

export interface Config {
  /** Absent: the embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly slack: SlackMode;
  /** Absent: Slack's own. */
  readonly slackApiUrl: string | undefined;
  readonly command: string;
  /** Whether the local workspace begins with the sample organization where the database has none. */
  readonly sample: boolean;
  /** Hours for which an operation can be undone. */
  readonly undoHours: number;
  /** People in one operation from which it runs in the background. */
  readonly backgroundFrom: number;
  /** Days before the end of an assignment on which its member is told. */
  readonly endNoticeDays: number;
  /** When drift is scanned, in UTC; null: never by itself. */
  readonly driftScan: string | null;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

/** Where the local workspace, which lets anybody be anybody, may listen. */
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/**
 * Reads the configuration from environment variables.
 * @throws StartupError that names every wrong or missing variable at once.
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const parsed = Environment.safeParse(environment);
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  const slack = slackMode(SlackVariables.parse(environment));
  if (typeof slack === 'string') problems.push(slack);
  else if (slack.mode === 'sandbox' && parsed.success && !LOOPBACK.has(parsed.data.HOST)) {
    problems.push('HOST must be 127.0.0.1, ::1 or localhost: the local workspace answers this machine only');
  }
  if (!parsed.success || typeof slack === 'string' || problems.length > 0) {
    throw new StartupError(`The configuration is wrong:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
  const { data } = parsed;
  return Object.freeze({
    databaseUrl: data.DATABASE_URL,
    dataDir: data.DATA_DIR,
    host: data.HOST,
    port: data.PORT,
    slack,
    slackApiUrl: data.SLACK_API_URL,
    command: data.PACKAGE_COMMAND,
    sample: data.SAMPLE_ORGANIZATION,
    undoHours: data.UNDO_HOURS,
    backgroundFrom: data.BACKGROUND_FROM,
    endNoticeDays: data.END_NOTICE_DAYS,
    driftScan: data.DRIFT_SCAN_CRON,
    logLevel: data.LOG_LEVEL,
  });
}

/** The mode that the Slack variables ask for, or what is missing. */
function slackMode({
  SLACK_BOT_TOKEN: botToken,
  SLACK_SIGNING_SECRET: signingSecret,
  SLACK_APP_TOKEN: appToken,
  SLACK_API_URL: apiUrl,
}: z.infer<typeof SlackVariables>): SlackMode | string {
  if (botToken && appToken) return { mode: 'socket', botToken, appToken };
  if (botToken && signingSecret) return { mode: 'http', botToken, signingSecret };
  if (botToken)
    return 'SLACK_SIGNING_SECRET (HTTP mode) or SLACK_APP_TOKEN (Socket Mode) is missing beside SLACK_BOT_TOKEN';
  if (appToken) return 'SLACK_BOT_TOKEN is missing beside SLACK_APP_TOKEN';
  if (signingSecret) return 'SLACK_BOT_TOKEN is missing beside SLACK_SIGNING_SECRET';
  if (apiUrl) return 'SLACK_BOT_TOKEN is missing beside SLACK_API_URL';
  return { mode: 'sandbox' };
}
