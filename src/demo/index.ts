/** The door of the demo room: a generated world that knows its truth, and the company that lives in it. */
import type { Room } from '../platform/room.ts';
import { demoCommands } from './demo.cli.ts';
import { loadDemoJob } from './demo.jobs.ts';

export const demoRoom: Room = { name: 'demo', jobs: { 'demo.load': loadDemoJob }, commands: demoCommands };

export { generateInquiries, type GeneratedInquiry, type WorldOptions } from './world.rules.ts';
export { dirtyColumns, dirtyCsv, dirtyRows } from './lists.rules.ts';
export { tellInquiry } from './arrival.rules.ts';
export { buyingProbability, buys, type Truth } from './truth.rules.ts';
export { loadDemo, type DemoOptions, type DemoReport } from './load-demo.ts';
