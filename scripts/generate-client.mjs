// Generates the Prisma client after an install. Generating reads schema.prisma alone, yet Prisma's command line would
// first download its schema engine; naming an engine that only fails keeps the install offline and quiet.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..');
const result = spawnSync(
  process.execPath,
  [join(root, 'node_modules/prisma/build/index.js'), 'generate', '--no-hints'],
  {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: join(here, 'no-schema-engine'), CHECKPOINT_DISABLE: '1' },
  },
);
if (result.status !== 0) {
  process.stderr.write(`Generating the Prisma client failed:\n${result.stdout}${result.stderr}`);
  process.exit(1);
}
