import type { Called } from './platform/http/contract.ts';
import type { accessApi } from './platform/access/access.contract.ts';
import type { fieldsApi } from './platform/fields/field.contract.ts';
import type { importsApi } from './capture/import.contract.ts';
import type { inquiriesApi } from './capture/inquiry.contract.ts';
import type { leadMailsApi } from './capture/mail/lead-mail.contract.ts';
import type { programsApi } from './capture/program.contract.ts';
import type { sourcesApi } from './capture/source.contract.ts';
import type { identityApi } from './identity/identity.contract.ts';
import type { privacyApi } from './identity/privacy/privacy.contract.ts';
import type { consentApi } from './identity/consent/consent.contract.ts';
import type { bulkApi } from './identity/bulk/bulk.contract.ts';
import type { boardApi } from './identity/quality/board.contract.ts';
import type { cleanupApi } from './identity/quality/cleanup.contract.ts';
import type { qualityApi } from './identity/quality/quality.contract.ts';
import type { appendApi } from './identity/append/append.contract.ts';
import type { surviveApi } from './identity/survive/survive.contract.ts';
import type { readingsApi } from './identity/standard/readings.contract.ts';
import type { segmentsApi } from './identity/segment/segment.contract.ts';
import type { journalApi } from './journal/journal.contract.ts';
import type { assignmentsApi } from './distribute/assignments.contract.ts';
import type { holdersApi } from './distribute/holders.contract.ts';
import type { holidaysApi } from './distribute/holidays/holidays.contract.ts';
import type { placesApi } from './distribute/places/places.contract.ts';
import type { territoriesApi } from './distribute/territories.contract.ts';
import type { proposalApi } from './distribute/balance/proposal.contract.ts';
import type { routingApi } from './distribute/rules/routing.contract.ts';
import type { silenceApi } from './distribute/silence/silence.contract.ts';
import type { simulationApi } from './distribute/rules/simulation.contract.ts';
import type { qualifyApi } from './qualify/qualify.contract.ts';
import type { agreementApi } from './qualify/agreement/agreement.contract.ts';
import type { keptApi } from './report/agreement/kept.contract.ts';
import type { followupApi } from './followup/followup.contract.ts';
import type { roundsApi } from './followup/rounds/round.contract.ts';
import type { dayApi } from './followup/day/day.contract.ts';
import type { diaryApi } from './followup/diary/diary.contract.ts';
import type { playbookApi } from './followup/playbook/playbook.contract.ts';
import type { evenOutApi } from './followup/bulk/even-out.contract.ts';
import type { exchangeApi } from './followup/exchange/exchange.contract.ts';
import type { filesApi } from './followup/exchange/file.contract.ts';
import type { webhooksApi } from './followup/exchange/webhook.contract.ts';
import type { callingApi } from './followup/calling/calling.contract.ts';
import type { registrationApi } from './followup/register/registration.contract.ts';
import type { nurtureApi } from './nurture/nurture.contract.ts';
import type { opportunitiesApi } from './revenue/opportunity.contract.ts';
import type { claimsApi } from './revenue/claims/claim.contract.ts';
import type { moneyApi } from './revenue/money.contract.ts';
import type { reportsApi } from './report/report.contract.ts';
import type { leadsApi } from './report/leads.contract.ts';
import type { leadChangesApi } from './report/lead-changes.contract.ts';
import type { listsApi } from './report/lists/lists.contract.ts';
import type { launchApi } from './report/launch/launch.contract.ts';
import type { profileApi } from './report/territories/profile.contract.ts';
import type { billApi } from './report/silence/bill.contract.ts';
import type { nowApi } from './report/now/now.contract.ts';
import type { scorecardsApi } from './report/scorecards/scorecard.contract.ts';
import type { proposeApi } from './report/territories/propose.contract.ts';
import type { extractsApi } from './report/extract/extract.contract.ts';

/** Every endpoint by 'METHOD /path', for callers in TypeScript: types only, nothing of it reaches a bundle. */
export type BatonEndpoints = typeof accessApi &
  typeof fieldsApi &
  typeof journalApi &
  typeof programsApi &
  typeof sourcesApi &
  typeof inquiriesApi &
  typeof importsApi &
  typeof leadMailsApi &
  typeof identityApi &
  typeof consentApi &
  typeof privacyApi &
  typeof appendApi &
  typeof segmentsApi &
  typeof readingsApi &
  typeof qualityApi &
  typeof cleanupApi &
  typeof boardApi &
  typeof bulkApi &
  typeof surviveApi &
  typeof qualifyApi &
  typeof agreementApi &
  typeof keptApi &
  typeof nowApi &
  typeof billApi &
  typeof holdersApi &
  typeof holidaysApi &
  typeof placesApi &
  typeof territoriesApi &
  typeof proposalApi &
  typeof assignmentsApi &
  typeof routingApi &
  typeof silenceApi &
  typeof simulationApi &
  typeof followupApi &
  typeof roundsApi &
  typeof dayApi &
  typeof playbookApi &
  typeof diaryApi &
  typeof registrationApi &
  typeof callingApi &
  typeof exchangeApi &
  typeof evenOutApi &
  typeof webhooksApi &
  typeof filesApi &
  typeof nurtureApi &
  typeof opportunitiesApi &
  typeof claimsApi &
  typeof moneyApi &
  typeof reportsApi &
  typeof scorecardsApi &
  typeof extractsApi &
  typeof leadChangesApi &
  typeof listsApi &
  typeof launchApi &
  typeof profileApi &
  typeof proposeApi &
  typeof leadsApi;

export type BatonApi = { [K in keyof BatonEndpoints]: Called<BatonEndpoints[K]> };
