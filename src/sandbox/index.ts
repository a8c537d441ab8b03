export { SandboxClient } from './client.ts';
export { createSandbox, type Sandbox } from './createSandbox.ts';
export type {
  SandboxChannel,
  SandboxCommand,
  SandboxOptions,
  SandboxPerson,
  SandboxRole,
  SandboxShortcut,
  SandboxUserGroup,
} from './options.ts';
