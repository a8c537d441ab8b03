export { createSandbox, type Sandbox } from './createSandbox.ts';
export type { SandboxOptions, SandboxPerson, SandboxRole, SandboxUserGroup } from './options.ts';
