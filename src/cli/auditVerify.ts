import { parseArgs } from 'node:util';
import dotenv from 'dotenv';
import { z } from 'zod';
import { type Config, readConfig } from '../config.ts';
import { openConfiguredDatabase } from '../database/openConfigured.ts';
import { StartupError } from '../database/startupError.ts';
import { checkTrails, type KeptRecord, type TrailCheck } from '../engine/readModels/auditChains.ts';

const USAGE = `Usage: npm run -s audit:verify -- [--last SEQ:HASH]…

Checks the audit trail of every organization: each record against its own hash, the record before it, its operation, and
what that changed of people. Names the first record that does not fit.

--last SEQ:HASH  a last record that an earlier check printed and that was kept elsewhere: the trail must still have it.
                 Without it, an end that was cut off with everything that belongs to it cannot be seen.

Ends with 0 where every trail fits, 1 where one does not, and 2 where it could not be checked.
`;

const Kept = z
  .string()
  .regex(/^\d{1,9}:[0-9a-f]{64}$/)
  .transform((text): KeptRecord => {
    const [seq = '', hash = ''] = text.split(':');
    return { seq: Number(seq), hash };
  });

/** Runs the command. @returns its exit code: 0 everything fits, 1 something does not, 2 not checked. */
async function run(args: readonly string[]): Promise<number> {
  const wanted = wantedBy(args);
  if (wanted === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  if (wanted === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  try {
    return (await check(readConfig(process.env), wanted)) ? 0 : 1;
  } catch (error) {
    const { code, message, stack } = error as NodeJS.ErrnoException;
    const told = error instanceof StartupError || code !== undefined;
    process.stderr.write(`Nothing was found out: ${told ? message : (stack ?? message)}\n`);
    return 2;
  }
}

/** The records kept elsewhere; null where the arguments are wrong. */
function wantedBy(args: readonly string[]): KeptRecord[] | 'help' | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { last: { type: 'string', multiple: true }, help: { type: 'boolean', short: 'h' } },
    });
    return values.help ? 'help' : z.array(Kept).parse(values.last ?? []);
  } catch {
    return null;
  }
}

async function check(config: Config, kept: readonly KeptRecord[]): Promise<boolean> {
  const { database, notice, close } = await openConfiguredDatabase(config, () => undefined);
  try {
    if (notice) process.stderr.write(`${notice}\n`);
    let fits = true;
    let trails = 0;
    const found = new Set<string>();
    for await (const trail of checkTrails({ database, now: () => new Date() }, kept)) {
      process.stdout.write(`${describe(trail)}\n`);
      for (const { seq, hash } of trail.kept) found.add(`${seq}:${hash}`);
      fits &&= trail.broken === null && trail.unrecorded === null;
      trails++;
    }
    if (trails === 0) process.stdout.write('There is no organization yet, and so no trail.\n');
    for (const { seq, hash } of kept.filter((each) => !found.has(`${each.seq}:${each.hash}`))) {
      process.stdout.write(`NO TRAIL HAS THE RECORD ${seq} WITH THE HASH ${hash}: it was cut off or rewritten.\n`);
      fits = false;
    }
    return fits;
  } finally {
    await close();
  }
}

function describe({ organization, checked, last, broken, unrecorded }: TrailCheck): string {
  const counted = `${checked.toLocaleString('en')} ${checked === 1 ? 'record' : 'records'}`;
  const end = last ? ` Last: ${last.seq}:${last.hash}` : '';
  if (broken !== null) {
    return `${organization}: THE RECORD ${broken} DOES NOT FIT: it, its operation or its changes were altered or removed. ${counted} before it fit.${end}`;
  }
  if (unrecorded !== null) {
    return `${organization}: THE OPERATION ${unrecorded} HAS NO RECORD: the end of the trail was cut off. ${counted} fit.${end}`;
  }
  return `${organization}: ${counted} checked, and every one fits.${end}`;
}

dotenv.config({ quiet: true });
process.exitCode = await run(process.argv.slice(2));
