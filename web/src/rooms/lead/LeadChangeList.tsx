import { useApi } from '../../api/hooks.ts';
import { useHolders } from '../../api/options.ts';
import { BulkList } from '../../ui/BulkList.tsx';
import { Back, Page, PageTitle } from '../../ui/index.tsx';
import { leadChangeSentence } from './lead-change-words.ts';

/** What was done to many leads at once, each with its way back. */
export default function LeadChangeList() {
  const holders = useHolders();
  const answer = useApi('GET /v1/lead-changes', undefined, { live: ['job'] });
  return (
    <Page>
      <Back to="/leads">Leads</Back>
      <PageTitle title="Changes of many leads" question="What was done to many leads at once, and can it be taken back?" />
      <BulkList
        answer={answer}
        caption="Changes of many leads"
        what={(one) => leadChangeSentence(one.action, (id) => holders.find(({ value }) => value === id)?.label)}
        to={(one) => `/lead-changes/${one.id}`}
      >
        On the list of leads, filter or tick the ones you mean, and press “Change”. You see what would happen first, and everything can be undone.
      </BulkList>
    </Page>
  );
}
