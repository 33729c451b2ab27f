import type { Command } from 'commander';
import { captureRoom, knowConsequences, knowImportKinds, knowMailAnswers, knowValueLists, knowWhoAsked } from './capture/index.ts';
import { demoRoom } from './demo/index.ts';
import { askAgainFor, distributeRoom, holderCuts, holdersList, knowOpenBusiness, knowWorkDone, placesImport, usersImport } from './distribute/index.ts';
import { activitiesImport, activitiesList, findWork, followupFields, followupRoom, takeReply, tellVerdicts, verdictsImport, verdictsList } from './followup/index.ts';
import { nurtureRoom, touchFields } from './nurture/index.ts';
import { conditionsBehind, identityRoom, inquiriesBehind, inquiriesOfOrganization, knowPeopleCuts, knowPeopleWorth, knowPersonalData, knowSegmentFields, organizationsAppend, organizationsImport, peopleAppend, peopleImport, suppressionsImport, tellAppended, tellIdentity } from './identity/index.ts';
import { leadFields, qualifyRoom, tellLeads, tellRefreshed } from './qualify/index.ts';
import { drain, journalRoom, listen, setPrompt } from './journal/index.ts';
import { fieldRoutes } from './platform/fields/field.routes.ts';
import { accessRoutes, createUser, createWorkspace } from './platform/access/index.ts';
import type { SetUpDoor } from './platform/access/index.ts';
import type { Clock } from './platform/clock.ts';
import { systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Context } from './platform/context.ts';
import { openDatabase } from './platform/db/index.ts';
import type { Connection } from './platform/db/index.ts';
import { reportRoom } from './report/index.ts';
import { claimImports, invoicesImport, openBusiness, opportunitiesImport, outcomesImport, outcomesList, peopleWorth, purchaseFields, revenueRoom, stagesList, tellClaims } from './revenue/index.ts';
import { startEmbedded } from './platform/db/embedded.ts';
import { migrate } from './platform/db/migrate.ts';
import { openServer, serveWeb } from './platform/http/server.ts';
import type { Api } from './platform/http/index.ts';
import { fontRoutes } from './platform/http/font.routes.ts';
import { systemRoutes } from './platform/http/system.routes.ts';
import { uuidv7 } from './platform/ids.ts';
import { enqueueJob, handBackJobs, runNextJob } from './platform/jobs/index.ts';
import type { Job } from './platform/jobs/index.ts';
import { platformKeeps } from './platform/kept-of-people.ts';
import { openLive } from './platform/live.ts';
import { openLog } from './platform/log.ts';
import { closeMail, sendDueMails } from './platform/mail/index.ts';
import type { OpenDoor, OpenHouse, Room, Scan } from './platform/room.ts';
import { newToken, secretsFrom } from './platform/secrets.ts';
import { systemScope } from './platform/access/scope.ts';

/** Every room, in the order of the lead's journey: subscribers run and foundations are laid in it. */
export const rooms: readonly Room[] = [
  journalRoom,
  captureRoom,
  identityRoom,
  qualifyRoom,
  distributeRoom,
  followupRoom,
  nurtureRoom,
  revenueRoom,
  reportRoom,
  demoRoom,
];

// Capture reads files; the room that owns the thing takes its rows in.
knowImportKinds([peopleImport, organizationsImport, suppressionsImport, organizationsAppend, peopleAppend, usersImport, placesImport, opportunitiesImport, outcomesImport, invoicesImport, activitiesImport, verdictsImport, ...claimImports]);
knowConsequences([tellIdentity, tellLeads, tellAppended, tellClaims, tellVerdicts]);
// Who asked is known a room later than what was asked.
knowWhoAsked(async (tx, cx, { where, organizationId }) => [
  ...(where === undefined ? [] : [(await conditionsBehind(tx, cx, where))(inquiriesBehind)]),
  ...(organizationId === undefined ? [] : [inquiriesOfOrganization(tx, organizationId)]),
]);
knowValueLists({ holders: holdersList, stages: stagesList, outcomes: outcomesList, verdicts: verdictsList, activities: activitiesList });

// A mail that answers one of ours goes to the room that wrote it.
knowMailAnswers(takeReply);

// Identity keeps the segments; the rooms after it say what else can be asked of people and organizations.
knowPeopleCuts(holderCuts);
knowPeopleWorth([peopleWorth]);
knowSegmentFields([leadFields, followupFields, touchFields, purchaseFields]);

// Whoever has open business with an organization is given its next lead.
knowOpenBusiness(openBusiness);
// What waits at the desk is asked for again when more is known of it.
tellRefreshed(askAgainFor);
// Whether a lead was tried and judged in time is known where that is done.
knowWorkDone(findWork);

// What each room keeps of people: told to them, and emptied when they are erased.
knowPersonalData([platformKeeps, ...rooms.flatMap((room) => room.personal ?? [])]);

const mailScan: Scan = { name: 'platform.mail', everySeconds: 1, wakenBy: 'mail', run: sendDueMails };

export const subscribers = rooms.flatMap((room) => room.subscribers ?? []);
export const scans: readonly Scan[] = [...rooms.flatMap((room) => room.scans ?? []), mailScan];
export const jobs: Record<string, Job> = Object.assign({}, ...rooms.map((room) => room.jobs ?? {}));
export const foundations = rooms.flatMap((room) => (room.newWorkspace ? [room.newWorkspace] : []));
export const addCommands = (program: Command, open: OpenHouse): void => rooms.forEach((room) => room.commands?.(program, open));

/** The database, brought up to date: DATABASE_URL where given, else the embedded server in the data folder. */
export async function openStorage(config: Config): Promise<{ connection: Connection; close(): Promise<void>; adopted: boolean }> {
  if (config.databaseUrl) {
    const connection: Connection = { connectionString: config.databaseUrl };
    await migrate(connection);
    return { connection, adopted: true, close: async () => {} };
  }
  const server = await startEmbedded(config.dataDir);
  await migrate(server.connection);
  return { connection: server.connection, adopted: server.adopted, close: () => server.stop() };
}

export async function openContext(
  config: Config,
  connection: Connection,
  clock: Clock = systemClock,
): Promise<Context & { close(): Promise<void> }> {
  const log = openLog(config.logLevel);
  const db = openDatabase(connection, config.poolMax);
  const client = await db.connect();
  const secret = (await client.query<{ secret: Buffer }>('select secret from platform.installation')).rows[0]!.secret;
  await client.end();
  const live = await openLive(db, log);
  const cx: Context = { db, clock, ids: uuidv7(clock), config, log, secrets: secretsFrom(secret), live };
  setPrompt(cx, subscribers);
  return {
    ...cx,
    async close() {
      await live.close();
      closeMail();
      await db.close();
    },
  };
}

export const drainHouse = (cx: Context, workspaceId: string): Promise<void> => drain(cx, workspaceId, subscribers);

export function setUpDoor(cx: Context): SetUpDoor {
  return {
    token: newToken(),
    needed: async () => (await cx.db.workspaceIds()).length === 0,
    async run(given) {
      const workspaceId = await createWorkspace(
        cx,
        {
          name: given.company,
          currency: given.currency,
          timeZone: given.timeZone,
          country: given.country,
          locale: given.locale,
          isDemo: given.start === 'demo',
        },
        foundations,
      );
      const userId = await createUser(cx, workspaceId, {
        name: given.name,
        email: given.email,
        password: given.password,
        roles: ['administrator', 'marketing'],
      });
      const jobId =
        given.start === 'demo'
          ? await cx.db.write({ workspaceId, userId, roles: ['administrator'] }, (tx) => enqueueJob(tx, cx, 'demo.load', {}))
          : null;
      return { workspaceId, userId, jobId };
    },
  };
}

/** The API and the web app, ready to listen. */
export async function openApi(cx: Context, setUp: SetUpDoor, checkResponses = false): Promise<Api> {
  const api = await openServer(cx, { checkResponses });
  systemRoutes(api);
  fontRoutes(api);
  accessRoutes(api, setUp);
  fieldRoutes(api);
  for (const room of rooms) await room.routes?.(api, cx);
  await serveWeb(api);
  return api;
}

/** Opens the rooms' ways in beside HTTP. */
export async function openDoors(cx: Context, parts: { serve: boolean; work: boolean }): Promise<OpenDoor[]> {
  const open: OpenDoor[] = [];
  for (const { doors } of rooms) {
    for (const door of [parts.serve && (await doors?.serve?.(cx)), parts.work && (await doors?.work?.(cx))]) if (door) open.push(door);
  }
  return open;
}

export interface Working {
  stop(): Promise<void>;
}

/** Everything that happens by itself: subscribers, due-time scans, jobs. Several processes may do it at once. */
export function work(cx: Context): Working {
  const listening = listen(cx, subscribers);
  let stopping = false;
  const naps = new Map<() => void, string | undefined>();
  /** Waits, unless something with the topic is announced meanwhile. */
  const nap = (milliseconds: number, topic?: string): Promise<void> =>
    new Promise((go) => {
      const done = (): void => {
        clearTimeout(timer);
        naps.delete(done);
        go();
      };
      const timer = setTimeout(done, milliseconds);
      naps.set(done, topic);
    });
  const off = cx.live.listen(({ topics }) => {
    for (const [wake, topic] of naps) if (topic && topics.includes(topic)) wake();
  });
  interface Loop {
    everySeconds: number;
    name: string;
    wakenBy?: string | undefined;
    which?: () => Promise<string[]>;
    run(workspaceId: string): Promise<boolean>;
  }
  async function loop({ everySeconds, name, run, wakenBy, which = () => cx.db.awakeWorkspaceIds() }: Loop): Promise<void> {
    while (!stopping) {
      let busy = false;
      try {
        for (const id of await which()) busy = (!stopping && (await run(id))) || busy;
      } catch (error) {
        busy = false;
        if (!stopping) cx.log.error({ work: name, err: error }, 'a piece of background work failed');
      }
      if (!stopping && !busy) await nap(everySeconds * 1000, wakenBy);
    }
  }
  const scanning = scans.map((scan) => loop({ ...scan, run: async (id) => (await scan.run(cx, systemScope(id))) > 0 }));
  // The job that tells a workspace its past runs while that workspace is paused.
  const working = loop({
    name: 'platform.jobs',
    everySeconds: 1,
    wakenBy: 'job',
    which: () => cx.db.workspaceIds(),
    run: (id) => runNextJob(cx, id, jobs),
  });
  return {
    async stop() {
      stopping = true;
      off();
      for (const wake of naps.keys()) wake();
      await listening.stop();
      await Promise.all(scanning);
      // A long job is not waited for: it is handed back and goes on from its last committed step wherever it is taken up.
      const pause = new Promise((go) => setTimeout(go, 3000).unref());
      await Promise.race([working, pause]);
      await handBackJobs(cx);
    },
  };
}


