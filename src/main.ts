import dotenv from 'dotenv';
import { readConfig } from './config.ts';
import { StartupError } from './database/startupError.ts';
import { createLog } from './log.ts';

async function main(): Promise<void> {
  try {
    dotenv.config({ quiet: true });
    const config = readConfig(process.env);
    const log = createLog(config.logLevel);
    // Loaded only now: what is wrong with the configuration is said at once
    const { start } = await import('./start.ts');
    const running = await start(config, log);
    process.stdout.write(
      config.slack.mode === 'sandbox'
        ? `Quartermaster is ready. Open ${running.address} in a browser.\n`
        : `Quartermaster is ready (${config.slack.mode === 'http' ? `listening on ${running.address}/slack/events` : 'Socket Mode'}).\n`,
    );
    const stop = () => {
      running.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error('Stopping failed', error);
          process.exit(1);
        },
      );
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  } catch (error) {
    process.stderr.write(`${error instanceof StartupError ? error.message : describe(error)}\n`);
    process.exit(1);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

await main();
