import type { Room } from '../platform/room.ts';
import { hearVerdicts, keepCredits, linkImported } from './hear-sales.ts';
import { revenueRoutes } from './revenue.routes.ts';
import { claimRoutes } from './claims/claim.routes.ts';
import { hearClaims } from './claims/hear-claims.ts';
import { withdrawForsakenReps } from './withdraw-forsaken-reps.ts';
import { revenueKeeps } from './kept-of-people.ts';

export const revenueRoom: Room = {
  name: 'revenue',
  personal: revenueKeeps,
  routes(api) {
    revenueRoutes(api);
    claimRoutes(api);
  },
  subscribers: [hearVerdicts, linkImported, keepCredits, hearClaims, withdrawForsakenReps],
};

export { moveOpportunities, openOpportunities } from './change-opportunity.ts';
export { opportunitiesImport } from './import-opportunities.ts';
export { outcomesList, stagesList } from './stage-lists.ts';
export { outcomesImport } from './import-outcomes.ts';
export { invoicesImport } from './import-invoices.ts';
export { claimImports, tellClaims } from './claims/import-claims.ts';
export { ledgerCurrency } from './ledger.queries.ts';
export { makeRoi } from './make-roi.ts';
export { ofSales, salesOf } from './who-bought.ts';
export type { Sales } from './who-bought.ts';
export { roiQuery } from './money.contract.ts';
export type { Roi } from './make-roi.ts';
export { returnPercent } from './roi.rules.ts';
export { peopleWorth } from './people-worth.ts';
export { openBusiness } from './open-business.ts';
export { purchaseFields } from './segment-fields.ts';
