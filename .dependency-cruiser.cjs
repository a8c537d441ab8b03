/** The directions of imports (see "How the code works" in the README). */
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true, dependencyTypesNot: ['type-only'] } },
    {
      name: 'core-is-pure',
      comment: 'engine/core decides; it does no I/O and imports only itself, errors, zod and hashing',
      severity: 'error',
      from: { path: '^src/engine/core' },
      to: { pathNot: ['^src/engine/core', '^src/engine/errors', '^node_modules/zod', '^crypto$', '^node:crypto$'] },
    },
    {
      name: 'engine-knows-no-edge',
      severity: 'error',
      from: { path: '^src/engine' },
      to: {
        path: [
          '^src/(slack|report|export|jobs|sandbox|http|app|main|start)',
          'node_modules/(@slack|pdfkit|csv-stringify|graphile-worker)',
        ],
      },
    },
    {
      name: 'persistence-below-operations',
      severity: 'error',
      from: { path: '^src/persistence' },
      to: { path: ['^src/(slack|report|export|jobs|sandbox|http)', '^src/engine/(operations|readModels)'] },
    },
    {
      name: 'only-persistence-knows-prisma',
      severity: 'error',
      from: { pathNot: ['^src/persistence'] },
      to: { path: ['node_modules/@prisma', '^src/persistence/generated'] },
    },
    {
      name: 'slack-goes-through-the-engine',
      severity: 'error',
      from: { path: '^src/slack/' },
      to: { path: ['^src/(persistence|database|sandbox)', 'node_modules/pg(/|$)'] },
    },
    {
      name: 'features-do-not-import-each-other',
      severity: 'error',
      from: { path: '^src/slack/([^/]+)/', pathNot: '^src/slack/kit/' },
      to: { path: '^src/slack/', pathNot: ['^src/slack/$1/', '^src/slack/kit/'] },
    },
    {
      name: 'kit-is-below-features',
      severity: 'error',
      from: { path: '^src/slack/kit/' },
      to: { path: '^src/slack/', pathNot: '^src/slack/kit/' },
    },
    {
      name: 'views-build-json-only',
      comment: 'a view builder imports the kit, types, and pure rules of the core',
      severity: 'error',
      from: { path: '^src/slack/.*View\\.ts$' },
      to: {
        path: ['^src/engine/(operations|readModels)', '^src/persistence', 'node_modules/@slack/(bolt|web-api)'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'only-the-report-knows-pdfkit',
      severity: 'error',
      from: { pathNot: '^src/report' },
      to: { path: 'node_modules/pdfkit' },
    },
    {
      name: 'only-one-file-writes-csv',
      severity: 'error',
      from: { pathNot: '^src/export/csvFile\\.ts$' },
      to: { path: 'node_modules/csv-stringify' },
    },
    {
      name: 'exports-take-words-from-the-kit-alone',
      comment: 'a file says what the screens say; who delivers it is no business of its maker',
      severity: 'error',
      from: { path: '^src/export/' },
      to: { path: ['^src/(persistence|database|jobs|sandbox|http)', '^src/slack/(?!kit/)', 'node_modules/@slack'] },
    },
    {
      name: 'kit-makes-no-files',
      severity: 'error',
      from: { path: '^src/slack/kit/' },
      to: { path: '^src/(export|report)' },
    },
    {
      name: 'only-jobs-know-the-queue',
      severity: 'error',
      from: { pathNot: '^src/jobs' },
      to: { path: 'node_modules/graphile-worker' },
    },
    {
      name: 'jobs-know-no-edge',
      severity: 'error',
      from: { path: '^src/jobs' },
      to: { path: '^src/(slack|report|sandbox|http|app|main|start)' },
    },
    {
      name: 'sandbox-stands-alone',
      comment: 'the local workspace serves any app; it is loaded by one file, and only when it is wanted',
      severity: 'error',
      from: { path: '^src/sandbox' },
      to: { path: '^src/', pathNot: '^src/sandbox' },
    },
    {
      name: 'sandbox-is-loaded-in-one-place',
      severity: 'error',
      from: { path: '^src', pathNot: ['^src/sandbox', '^src/localWorkspace\\.ts$'] },
      to: { path: '^src/sandbox' },
    },
    {
      name: 'environment-is-read-at-the-entry-points',
      severity: 'error',
      from: { pathNot: ['^src/main\\.ts$', '^src/cli/'] },
      to: { path: 'node_modules/dotenv' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'src/persistence/generated'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
