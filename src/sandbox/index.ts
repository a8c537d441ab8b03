export { createSandbox, type Sandbox } from './createSandbox.ts';
export type { SandboxOptions, SandboxPerson, SandboxRole } from './options.ts';
