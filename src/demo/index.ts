/** The door of the demo room: the generated world, and the company that is filled with it. */
export { generateInquiries, type GeneratedInquiry, type WorldOptions } from './world.rules.ts';
export { dirtyColumns, dirtyCsv, dirtyRows } from './lists.rules.ts';
export { buyingProbability, buys, type Truth } from './truth.rules.ts';
