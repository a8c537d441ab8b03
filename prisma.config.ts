import { defineConfig } from 'prisma/config';

// The URL is only needed by Prisma's own command line; the program passes its pool to the adapter.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://localhost/quartermaster' },
});
