import type { Command } from 'commander';
import type { Scope } from './access/scope.ts';
import type { Context } from './context.ts';
import type { Api } from './http/index.ts';
import type { Job } from './jobs/index.ts';
import type { PersonalData } from './personal-data.ts';
import type { Subscriber } from '../journal/index.ts';

/** Work that falls due by the clock: run for each workspace every `everySeconds`; returns how much it did. */
export interface Scan {
  name: string;
  everySeconds: number;
  /** A live topic that makes it look at once. */
  wakenBy?: string;
  run(cx: Context, scope: Scope): Promise<number>;
}

/** Opens the house for a command-line command and closes it afterwards; see cli/shell.ts. */
export interface OpenHouse {
  <T>(work: (house: CommandHouse) => Promise<T>): Promise<T>;
}
export interface CommandHouse {
  cx: Context;
  /** The workspace named by --workspace, or the only one. */
  scope(): Promise<Scope>;
  /** Runs every subscriber until nothing is left to hear. */
  drain(): Promise<void>;
  /** Runs a waiting job of this workspace now, in this process, with progress. */
  work(jobId: string, progress?: (done: number, total: number | null, note: string | null) => void): Promise<void>;
  json: boolean;
  print(value: unknown, human: () => string): void;
  progress(line: string): void;
}

/** A way in beside HTTP that a room keeps open while the house runs. */
export interface OpenDoor {
  name: string;
  /** Where it listens; null when it goes and looks itself. */
  port: number | null;
  stop(): Promise<void>;
}

export interface Room {
  name: string;
  routes?(api: Api, cx: Context): void | Promise<void>;
  subscribers?: Subscriber[];
  scans?: Scan[];
  jobs?: Record<string, Job>;
  commands?(program: Command, open: OpenHouse): void;
  /** Opened by processes that serve, and by those that work; undefined where it is not wanted. */
  doors?: { serve?(cx: Context): Promise<OpenDoor | undefined>; work?(cx: Context): Promise<OpenDoor | undefined> };
  /** What the room keeps of people: told to them, and erased. */
  personal?: PersonalData;
  /** Called in the transaction that creates a workspace. */
  newWorkspace?(tx: import('./db/index.ts').Tx, cx: Context): Promise<void>;
}
