import { type FileHandle, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import dotenv from 'dotenv';
import { type Config, readConfig } from '../config.ts';
import { openConfiguredDatabase } from '../database/openConfigured.ts';
import { StartupError } from '../database/startupError.ts';
import { checkReceipt, type ReceiptVerdict } from '../slack/notify/checkReceipt.ts';

const USAGE = `Usage: npm run -s verify -- FILE.pdf

Checks the PDF report of an assignment against the audit trail: the assignment is found by the hashes in the file, its
report is printed again from stored data, and the two are compared byte by byte.

Ends with 0 where the file is the report as it was made, 1 where it is not, and 2 where it could not be checked.
`;

/** Runs the command. @returns its exit code: 0 genuine, 1 not, 2 not checked. */
async function run([name = '', ...rest]: readonly string[]): Promise<number> {
  if (name === '-h' || name === '--help') {
    process.stdout.write(USAGE);
    return 0;
  }
  if (name === '' || name.startsWith('-') || rest.length > 0) {
    process.stderr.write(USAGE);
    return 2;
  }
  let file: FileHandle | undefined;
  try {
    // npm changes into the project, and tells where it was called
    file = await open(resolve(process.env.INIT_CWD ?? '.', name));
    const verdict = await check(readConfig(process.env), file);
    process.stdout.write(`${name}: ${describe(verdict)}\n`);
    return verdict.kind === 'genuine' ? 0 : 1;
  } catch (error) {
    const { code, syscall, message, stack } = error as NodeJS.ErrnoException;
    const missing = code === 'ENOENT' && syscall === 'open' && `${name} does not exist.`;
    const told = error instanceof StartupError || code !== undefined;
    process.stderr.write(`${missing || (told ? message : (stack ?? message))}\n`);
    return 2;
  } finally {
    await file?.close();
  }
}

async function check(config: Config, file: FileHandle): Promise<ReceiptVerdict> {
  const { database, notice, close } = await openConfiguredDatabase(config, () => undefined);
  try {
    if (notice) process.stderr.write(`${notice}\n`);
    return await checkReceipt({ database, now: () => new Date() }, file);
  } finally {
    await close();
  }
}

function describe(verdict: ReceiptVerdict): string {
  switch (verdict.kind) {
    case 'no_receipt':
      return 'NOT A RECEIPT: this is no assignment report that Quartermaster made.';
    case 'unknown':
      return `UNKNOWN OPERATION: no trail here has the record ${verdict.sequence} that it names.`;
    case 'trail_broken':
      return `TRAIL BROKEN: the record ${verdict.sequence} no longer fits what was done. Run npm run audit:verify.`;
    case 'other_plan':
      return `ALTERED: operation ${verdict.operationId} had another plan than the one that the file names.`;
    case 'differs':
      return `ALTERED: it differs from the report of operation ${verdict.operationId} at byte ${verdict.at}.`;
    case 'genuine': {
      const { snapshot, at } = verdict.record;
      const what = `package:${snapshot.package.number} ${snapshot.package.name}, ${snapshot.organization.name}`;
      return `genuine. Operation ${verdict.operationId}, record ${verdict.sequence}, ${at.toISOString()}: ${what}.`;
    }
    default:
      return verdict satisfies never;
  }
}

dotenv.config({ quiet: true });
process.exitCode = await run(process.argv.slice(2));
