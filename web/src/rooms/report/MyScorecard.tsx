import { EmptyState, Page, SkeletonRows } from '../../ui/index.tsx';
import { useMyHolder } from '../followup/my-holder.ts';
import { PartnerTabs } from './PartnerTabs.tsx';
import { ScorecardOf } from './ScorecardPage.tsx';

/** What a partner or rep is measured by: the same page their manager sees. */
export function MyScorecard() {
  const mine = useMyHolder();
  if (mine.holderId) return <ScorecardOf id={mine.holderId} />;
  return <Page><PartnerTabs />{mine.isLoading ? <SkeletonRows rows={6} /> : <EmptyState title="Nothing to measure">You hold no leads yourself. Scorecards of others are under Scorecards.</EmptyState>}</Page>;
}
