import { randomUUID } from 'node:crypto';
import { App, type Receiver } from '@slack/bolt';
import type { EngineContext } from './engine/operations/runOperation.ts';
import type { Organization } from './engine/readModels/organizations.ts';
import { operationDetailsCsv } from './export/operationDetailsCsv.ts';
import { startHeartbeat } from './jobs/heartbeat.ts';
import { JOB_TIMES, type JobTimes } from './jobs/jobTimes.ts';
import { settledWithin } from './jobs/settledWithin.ts';
import { startJobs } from './jobs/startJobs.ts';
import type { Log } from './log.ts';
import { registerAccessPreview } from './slack/accessPreview/register.ts';
import { registerSourcePeople } from './slack/accessPreview/registerPeople.ts';
import { registerAssign } from './slack/assign/register.ts';
import { registerAudit } from './slack/audit/register.ts';
import { registerAway } from './slack/away/register.ts';
import { registerBrake } from './slack/brake/register.ts';
import { registerCatalog } from './slack/catalog/register.ts';
import { registerDrift } from './slack/drift/register.ts';
import { registerEnds } from './slack/ends/register.ts';
import { registerExport } from './slack/export/register.ts';
import { registerHelp } from './slack/help/register.ts';
import { registerHome } from './slack/home/register.ts';
import { createApprovals } from './slack/kit/approvals.ts';
import { createAttachments } from './slack/kit/attachments.ts';
import { createBackground } from './slack/kit/background.ts';
import { createIdentify } from './slack/kit/identify.ts';
import { createListeners } from './slack/kit/listeners.ts';
import { createScreens } from './slack/kit/screens.ts';
import { createSlackProfiles } from './slack/kit/slackProfiles.ts';
import type { Subcommand } from './slack/kit/subcommands.ts';
import { languageOf } from './slack/kit/texts/index.ts';
import { createUserGroupMembers } from './slack/kit/userGroupMembers.ts';
import { registerManage } from './slack/manage/register.ts';
import { registerGrant } from './slack/manage/registerGrant.ts';
import { registerGrantForm } from './slack/manage/registerGrantForm.ts';
import { registerMe } from './slack/me/register.ts';
import type { OperationDetails } from './slack/notify/deliverBackground.ts';
import { NOTICE_TIMES, type NoticeTimes } from './slack/notify/noticeTimes.ts';
import type { OutboxWorker } from './slack/notify/outboxWorker.ts';
import { registerAccessAnswers } from './slack/notify/registerAccessAnswers.ts';
import { registerPackages } from './slack/packages/register.ts';
import { registerClone } from './slack/packages/registerClone.ts';
import { registerPermissions } from './slack/packages/registerPermissions.ts';
import { registerPeople } from './slack/people/register.ts';
import { registerPersonPlan } from './slack/personPlan/register.ts';
import { registerPolicies } from './slack/policies/register.ts';
import { registerProfiles } from './slack/profiles/register.ts';
import { registerRequests } from './slack/requests/register.ts';
import { registerRules } from './slack/rules/register.ts';
import { registerSettings } from './slack/settings/register.ts';
import { createSetup } from './slack/setup/register.ts';
import { registerSync } from './slack/sync/register.ts';
import { registerUnassign } from './slack/unassign/register.ts';
import { registerUndo } from './slack/undo/register.ts';
import { registerUserDetails } from './slack/userDetails/register.ts';
import { registerWhy } from './slack/why/register.ts';
import { apiAddress, createClients } from './slackClients.ts';
import { startOutbox } from './startOutbox.ts';

/** Days before the end of an assignment on which its member is told, unless it is set otherwise. */
const END_NOTICE_DAYS = 7;

/** The workspace of the bot's token, as `auth.test` tells it. */
export interface Workspace {
  teamId: string;
  name: string;
  botUserId: string;
  botId: string;
}

export interface AppOptions {
  engine: EngineContext;
  receiver: Receiver;
  botToken: string;
  workspace: Workspace;
  slackApiUrl: string | undefined;
  command: string;
  /** How long after an operation it can be undone. */
  undoLimitMs: number;
  organizationOf: (teamId: string) => Promise<Organization | null>;
  /** People in one operation from which it runs in the background. */
  backgroundFrom: number;
  /** The details of an operation as CSV; null where it has none. */
  details?: OperationDetails;
  /** Days before the end of an assignment on which its member is told. */
  endNoticeDays?: number;
  /** When drift is scanned, such as `15 3 * * *` (UTC); by default never. */
  driftScan?: string | null;
  times?: Partial<JobTimes & NoticeTimes>;
  log: Log;
}

export interface QuartermasterApp {
  app: App;
  outbox: OutboxWorker;
  /** Resolves when no listener is at work any more. */
  settled(): Promise<void>;
  /** Waits for listeners at work and for the delivery under way, then stops both. */
  stop(): Promise<void>;
}

/** Builds the Bolt app with every feature, and the worker that tells Slack what happened. */
export function createApp(options: AppOptions): QuartermasterApp {
  const { engine, botToken, workspace, command, log } = options;
  const times = { ...JOB_TIMES, ...NOTICE_TIMES, ...options.times };
  const clients = createClients({
    ...{ engine, botToken, teamId: workspace.teamId, slackApiUrl: options.slackApiUrl, log },
    messageEvery: times.messageEvery,
  });
  const { interactive } = clients;
  const app = new App({
    receiver: options.receiver,
    logger: log.forBolt(),
    clientOptions: apiAddress(options.slackApiUrl),
    authorize: async () => ({
      ...{ botToken, botUserId: workspace.botUserId, botId: workspace.botId, teamId: workspace.teamId },
    }),
  });
  const logFailure = (reference: string, error: unknown) => log.error(`Reference ${reference}`, error);
  app.error(async (error) => log.error('A listener failed', error));

  const teamId = () => workspace.teamId;
  const profiles = createSlackProfiles(interactive, teamId, engine.now);
  const identify = createIdentify({ engine, profiles, teamId, organizationOf: options.organizationOf });
  const processId = randomUUID();
  const background = createBackground({ engine, from: options.backgroundFrom, onStarted: () => outbox.poke() });
  const onProgress = () => outbox.poke();
  const alive = new Set([processId]);
  const heartbeat = startHeartbeat({ engine, log, times, alive, onProgress });
  const approvalContext = { ...engine, userGroupMembers: createUserGroupMembers(interactive, teamId) };
  const details: OperationDetails =
    options.details ??
    (async ({ organizationId, operationId }) => operationDetailsCsv(engine, organizationId, operationId));
  const outbox = startOutbox({
    ...{ engine, clients, profiles, background, approvalContext, command, details, times, log },
    claimant: { id: processId, known: heartbeat.begun },
  });
  const endNoticeDays = options.endNoticeDays ?? END_NOTICE_DAYS;
  const driftScan = options.driftScan ?? null;
  const jobs = startJobs({ engine, log, times, alive, onProgress, endNoticeDays, driftScan });
  const setup = createSetup({
    ...{ client: interactive, engine, identify, log: logFailure, workspaceName: () => workspace.name },
  });
  const { explainRefusal } = setup;
  const screens = createScreens();
  const listeners = createListeners({
    ...{ app, client: interactive, identify, explainRefusal, screens, log: logFailure },
    languageHint: ({ slackUserId }) => languageOf(profiles.peek(slackUserId)?.locale, 'en'),
  });
  setup.register(listeners);
  const subcommands: Subcommand[] = [];
  const attachments = createAttachments({
    ...{ client: interactive, botToken, apiUrl: options.slackApiUrl },
    log: (error) => log.error('An attached file could not be fetched', error),
  });
  const approvals = createApprovals(approvalContext, screens);
  const kit = {
    ...{ attachments, approvals, engine, screens, listeners, background, command, onOperation: () => outbox.poke() },
    undoLimitMs: options.undoLimitMs,
    subcommands: { add: (subcommand: Subcommand) => void subcommands.push(subcommand), all: () => subcommands },
  };
  const features = [
    ...[registerHome(interactive, explainRefusal), registerHelp, registerPackages, registerPermissions],
    ...[registerAssign, registerUserDetails, registerUnassign, registerSync, registerUndo, registerMe],
    ...[registerManage, registerGrantForm, registerGrant, registerExport(clients.files), registerSettings, registerWhy],
    registerPeople(interactive),
    registerPersonPlan,
    registerCatalog,
    ...[registerProfiles, registerRules(interactive), registerAccessPreview, registerSourcePeople],
    registerAudit(clients.files),
    registerClone,
    registerBrake,
    registerRequests,
    registerPolicies(interactive),
    registerAway,
    registerEnds,
    registerAccessAnswers({ engine, client: interactive, claimedBy: processId }),
    registerDrift,
  ];
  for (const register of features) register(kit);

  return {
    app,
    outbox,
    settled: () => listeners.settled(),
    async stop() {
      await listeners.settled();
      await jobs.stop();
      await settledWithin(outbox.stop(), times.stopWithin);
      // The last to stop: whoever gives no sign of life has its work taken away
      await heartbeat.stop();
    },
  };
}
