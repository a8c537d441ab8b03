import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { start } from '../../src/start.ts';

/** The program as `src/main.ts` runs it, with the times of its workers from `JOB_TIMES`: tests cannot wait so long. */
const config = readConfig(process.env);
const log = createLog(config.logLevel);
const running = await start(config, log, JSON.parse(process.env.JOB_TIMES ?? '{}'));
process.stdout.write(`Quartermaster is ready at ${running.address}\n`);
process.once('SIGTERM', () => {
  running.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      log.error('Stopping failed', error);
      process.exit(1);
    },
  );
});
