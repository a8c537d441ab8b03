import { z } from 'zod';
import { type Config, readConfig } from '../config.ts';
import { checkTrails, type KeptRecord, type TrailCheck } from '../engine/readModels/auditChains.ts';
import { messageOf, runCommand } from './command.ts';
import { withEngine } from './environment.ts';

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

/** Checks every trail and says what came of each. @returns whether all of them fit. */
async function check(config: Config, kept: readonly KeptRecord[]): Promise<boolean> {
  return withEngine(config, async (engine) => {
    let fits = true;
    let trails = 0;
    const found = new Set<string>();
    for await (const trail of checkTrails(engine, kept)) {
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
  });
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

await runCommand({
  usage: USAGE,
  options: { last: { type: 'string', multiple: true } },
  read: (positionals, { last = [] }) => (positionals.length > 0 ? null : z.array(Kept).parse(last)),
  work: async (kept) => ((await check(readConfig(process.env), kept)) ? 0 : 1),
  describeFailure: (error) => `Nothing was found out: ${messageOf(error)}`,
  failureCode: 2,
});
