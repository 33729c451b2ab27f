import type { Room } from '../platform/room.ts';
import { runAcceptance, takeEffectJob } from './balance/accept-proposal.ts';
import { balanceCommand } from './balance/balance.cli.ts';
import { proposalRoutes } from './balance/proposal.routes.ts';
import { proposeJob, runProposal } from './balance/propose.ts';
import { assignmentRoutes } from './assignments.routes.ts';
import { layFoundations } from './change-holder.ts';
import { followUsers } from './follow-users.ts';
import { distributeSubscribers } from './hear-leads.ts';
import { holidayRoutes } from './holidays/holidays.routes.ts';
import { placeRoutes } from './places/places.routes.ts';
import { holderRoutes } from './holders.routes.ts';
import { findHolders, keepPromise } from './keep-promise.ts';
import { noticeClocks } from './notice-clocks.ts';
import { routingRoutes } from './rules/routing.routes.ts';
import { simulate, simulateJob } from './rules/simulate.ts';
import { simulationRoutes } from './rules/simulation.routes.ts';
import { countRecordsDue } from './rules/keep-records.ts';
import { routeCommand } from './rules/route.cli.ts';
import { measureDaily } from './silence/measure-silence.ts';
import { silenceRoutes } from './silence/silence.routes.ts';
import { territoryRoutes } from './territories.routes.ts';
import { distributeKeeps } from './kept-of-people.ts';

export const distributeRoom: Room = {
  name: 'distribute',
  personal: distributeKeeps,
  routes(api) {
    holderRoutes(api);
    holidayRoutes(api);
    placeRoutes(api);
    territoryRoutes(api);
    proposalRoutes(api);
    assignmentRoutes(api);
    routingRoutes(api);
    simulationRoutes(api);
    silenceRoutes(api);
  },
  commands(program, open) {
    balanceCommand(program);
    routeCommand(program, open);
  },
  jobs: { [simulateJob]: simulate, [proposeJob]: runProposal, [takeEffectJob]: runAcceptance },
  subscribers: distributeSubscribers,
  scans: [
    { name: 'distribute.users', everySeconds: 5, run: followUsers },
    { name: 'distribute.clocks', everySeconds: 1, run: noticeClocks },
    { name: 'distribute.promise', everySeconds: 5, run: keepPromise },
    { name: 'distribute.desk', everySeconds: 30, run: findHolders },
    { name: 'distribute.records', everySeconds: 600, run: countRecordsDue },
    { name: 'distribute.silence', everySeconds: 3600, run: measureDaily },
  ],
  newWorkspace: layFoundations,
};

export { knowCentres } from './balance/know-centres.ts';
export { propose } from './balance/propose.ts';
export type { BalanceWish } from './balance/propose.ts';
export { tourKm } from './balance/tour.rules.ts';
export type { CountedPlace } from './balance/units.rules.ts';
export { loadRelationships } from './books.store.ts';
export { knowOpenBusiness } from './open-business.ts';
export { knowWorkDone } from './work-done.ts';
export type { FindWork } from './work-done.ts';
export type { OpenBusiness } from './open-business.ts';
export { holderCuts } from './people-cuts.ts';
export { acceptAssignments, firstFollowup } from './accept-assignments.ts';
export type { Acceptance, Accepted } from './accept-assignments.ts';
export { addBusinessMinutes, businessClock, businessMinutesBetween, dayAfter, localDate } from './business-hours.rules.ts';
export type { WeeklyCalendar } from './business-hours.rules.ts';
export { changeAbsences } from './change-absences.ts';
export { addHolder, changeHolder } from './change-holder.ts';
export { changeTerritory } from './change-territory.ts';
export { changeHolidays } from './holidays/change-holidays.ts';
export { draftRules, publishRules } from './rules/change-rules.ts';
export { changeTeam } from './rules/change-teams.ts';
export type { RoutingRule } from './rules/routing-rule.rules.ts';
export { inForceOn } from './coverage.rules.ts';
export { toldApart } from './territories.queries.ts';
export { compileTerritory, covering } from './territory.rules.ts';
export { inDealingOrder } from './tree.rules.ts';
export type { TerritoryRules, Where } from './territory.rules.ts';
export { placesImport } from './places/import-places.ts';
export { withWhere } from './places/where-is.ts';
export { listTerritories } from './territories.queries.ts';
export type { When } from './custody-facts.rules.ts';
export type { HolderKind, Why } from './custody.store.ts';
export { declineAssignments } from './decline-assignments.ts';
export type { Decline } from './decline-assignments.ts';
export { pauseAssignments, resumeAssignments } from './pause-assignments.ts';
export { pauseDaysMost, pauseEndsMost } from './pause.rules.ts';
export { closeCustody, lastHolders, lockHolders, restoreCustody } from './end-custody.ts';
export type { CustodySnapshot, HeldNow } from './end-custody.ts';
export { holdersList } from './holders-list.ts';
export { ensureHolders } from './ensure-holders.ts';
export type { NamedHolder } from './ensure-holders.ts';
export { findHeldElsewhere } from './books.store.ts';
export { dealtByHand, giveRegistered } from './give-registered.ts';
export { handEvenly, proposeEven } from './even/even-out.ts';
export type { EvenWhom } from './even/even-out.ts';
export type { EvenMove } from './even/even-out.rules.ts';
export { handEach, handTo } from './hand-over.ts';
export type { HandOver, Move } from './hand-over.ts';
export { acceptKept, promiseDue } from './promise-kept.queries.ts';
export { findForsakenReps, findHoldersBy, findHoldersOfUser, removeHolders, workedCalendar } from './holders.store.ts';
export type { HolderRow } from './holders.store.ts';
export { contestCut, measureSilence } from './silence/measure-silence.ts';
export { findSalesManagers, listCuts } from './silence/silence.queries.ts';
export { foreseePools, foreseeRoom } from './foresee-leads.ts';
export type { ForeseenLead, PoolAsked, RoomAhead } from './foresee-leads.ts';
export { unassignedLimit } from './unassigned.ts';
export { usersImport } from './import-users.ts';
export { place } from './place-leads.ts';
export type { Placed } from './place-leads.ts';
export { askAgainFor } from './keep-promise.ts';
