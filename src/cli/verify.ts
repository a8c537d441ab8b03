import { type FileHandle, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import dotenv from 'dotenv';
import { type Config, readConfig } from '../config.ts';
import { openConfiguredDatabase } from '../database/openConfigured.ts';
import { StartupError } from '../database/startupError.ts';
import { findReceipt } from '../engine/readModels/auditChains.ts';
import { firstDifference, type Receipt, readReceipt } from '../report/readReceipt.ts';
import { assignmentPdf } from '../slack/notify/assignmentReport.ts';

const USAGE = `Usage: npm run -s verify -- FILE.pdf

Checks the PDF report of an assignment against the audit trail: the assignment is found by the hashes in the file, its
report is printed again from stored data, and the two are compared byte by byte.

Ends with 0 where the file is the report as it was made, 1 where it is not, and 2 where it could not be checked.
`;

/** What came of the check: the words, and whether the file is what it claims to be. */
interface Verdict {
  genuine: boolean;
  words: string;
}

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
    const receipt = await readReceipt(file);
    const verdict = receipt
      ? await verify(readConfig(process.env), receipt, file)
      : { genuine: false, words: 'NOT A RECEIPT: this is no assignment report that Quartermaster made.' };
    process.stdout.write(`${name}: ${verdict.words}\n`);
    return verdict.genuine ? 0 : 1;
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

async function verify(config: Config, receipt: Receipt, file: FileHandle): Promise<Verdict> {
  const { database, notice, close } = await openConfiguredDatabase(config, () => undefined);
  try {
    if (notice) process.stderr.write(`${notice}\n`);
    const found = await findReceipt({ database, now: () => new Date() }, receipt);
    const place = `record ${receipt.sequence}`;
    switch (found.kind) {
      case 'unknown':
        return refuse(`UNKNOWN OPERATION: no trail here has the ${place} that it names.`);
      case 'trail_broken':
        return refuse(`TRAIL BROKEN: the ${place} no longer fits what was done. Run npm run audit:verify.`);
      case 'other_plan':
        return refuse(`ALTERED: operation ${found.operationId} had another plan than the one that the file names.`);
      case 'found': {
        const at = await firstDifference(
          file.createReadStream({ start: 0, autoClose: false }),
          assignmentPdf(found.record),
        );
        if (at !== null)
          return refuse(`ALTERED: it differs from the report of operation ${found.operationId} at byte ${at}.`);
        const { snapshot } = found.record;
        const what = `package:${snapshot.package.number} ${snapshot.package.name}, ${snapshot.organization.name}`;
        const words = `genuine. Operation ${found.operationId}, ${place}, ${found.record.at.toISOString()}: ${what}.`;
        return { genuine: true, words };
      }
      default:
        return found satisfies never;
    }
  } finally {
    await close();
  }
}

function refuse(words: string): Verdict {
  return { genuine: false, words };
}

dotenv.config({ quiet: true });
process.exitCode = await run(process.argv.slice(2));
