import { useGo, useParam } from '../../shell/address.ts';
import { useKeys } from '../../shell/keys.ts';
import { LeadPane } from './lead/LeadPane.tsx';

/** Who is this, what happened, what now? The queue's pane at full width, with the reasons open beside it. */
export default function LeadScreen() {
  const id = useParam('id');
  const go = useGo();
  const back = () => (history.length > 1 ? history.back() : go('/leads'));
  useKeys([{ key: 'Escape', label: 'Back', group: 'Lead', run: back }]);
  return <LeadPane key={id} leadId={id} onBack={back} isFull />;
}
