import { SandboxPersonDriver } from './client/person.ts';
import { Transport } from './client/transport.ts';
import type { WorkspaceInfo } from './people/state.ts';
import type { Fault } from './store/faults.ts';
import type { RecordedCall } from './workspace.ts';

/** Drives a sandbox over its HTTP client API, the one the page uses too. */
export class SandboxClient {
  private readonly transport: Transport;
  private info: Promise<WorkspaceInfo> | undefined;

  constructor(baseUrl: string) {
    this.transport = new Transport(baseUrl);
  }

  /** Takes a seat as a person. Each driver keeps its own typed input. */
  as(userId: string): SandboxPersonDriver {
    return new SandboxPersonDriver(userId, this.transport, () => this.workspace());
  }

  /** People, roles, channels, commands and shortcuts of the workspace. */
  workspace(): Promise<WorkspaceInfo> {
    this.info ??= this.transport.get<WorkspaceInfo>('workspace');
    return this.info;
  }

  /** Lets the next calls of a Web API method fail. */
  async fault(fault: Omit<Fault, 'times'> & { times?: number }): Promise<void> {
    await this.transport.post('faults', fault);
  }

  /** Forgets all faults. */
  async clearFaults(): Promise<void> {
    await this.transport.remove('faults');
  }

  /** The latest Web API calls of the app, oldest first. */
  async calls(): Promise<RecordedCall[]> {
    return (await this.transport.get<{ calls: RecordedCall[] }>('calls')).calls;
  }
}
