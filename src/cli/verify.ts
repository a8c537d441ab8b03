import { readConfig } from '../config.ts';
import { checkReceipt, type ReceiptVerdict } from '../slack/notify/checkReceipt.ts';
import { openFile, runCommand } from './command.ts';
import { withEngine } from './environment.ts';

const USAGE = `Usage: npm run -s verify -- FILE.pdf

Checks the PDF report of an assignment against the audit trail: the assignment is found by the hashes in the file, its
report is printed again from stored data, and the two are compared byte by byte.

Ends with 0 where the file is the report as it was made, 1 where it is not, and 2 where it could not be checked.
`;

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

await runCommand({
  usage: USAGE,
  read: ([name = '', ...more]) => (name === '' || name.startsWith('-') || more.length > 0 ? null : name),
  async work(name) {
    const file = await openFile(name);
    try {
      const verdict = await withEngine(readConfig(process.env), (engine) => checkReceipt(engine, file));
      process.stdout.write(`${name}: ${describe(verdict)}\n`);
      return verdict.kind === 'genuine' ? 0 : 1;
    } finally {
      await file.close();
    }
  },
  failureCode: 2,
});
