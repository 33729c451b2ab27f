import type { Room } from '../platform/room.ts';
import { hearVerdicts, keepCredits } from './hear-sales.ts';
import { revenueRoutes } from './revenue.routes.ts';
import { revenueKeeps } from './kept-of-people.ts';

export const revenueRoom: Room = {
  name: 'revenue',
  personal: revenueKeeps,
  routes: revenueRoutes,
  subscribers: [hearVerdicts, keepCredits],
};

export { moveOpportunities, openOpportunities } from './change-opportunity.ts';
export { opportunitiesImport } from './import-opportunities.ts';
export { outcomesList, stagesList } from './stage-lists.ts';
export { outcomesImport } from './import-outcomes.ts';
export { invoicesImport } from './import-invoices.ts';
export { ledgerCurrency } from './ledger.queries.ts';
export { makeRoi } from './make-roi.ts';
export { roiQuery } from './money.contract.ts';
export type { Roi } from './make-roi.ts';
export { returnPercent } from './roi.rules.ts';
export { peopleWorth } from './people-worth.ts';
export { purchaseFields } from './segment-fields.ts';
