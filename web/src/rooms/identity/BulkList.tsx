import { useApi } from '../../api/hooks.ts';
import { BulkList } from '../../ui/BulkList.tsx';
import { Page, PageTitle } from '../../ui/index.tsx';
import { bulkSentence } from './bulk-words.ts';

/** What was changed for many at once, each with its way back. */
export default function BulkRuns() {
  const answer = useApi('GET /v1/bulk', undefined, { live: ['job'] });
  return (
    <Page>
      <PageTitle title="Changes of many" question="What was changed for many at once, and can it be taken back?" />
      <BulkList answer={answer} caption="Changes of many" what={bulkSentence} of={(one) => (one.subject === 'person' ? 'people' : 'companies')} to={(one) => `/bulk/${one.id}`}>
        On the lists of people and organizations, filter or tick whom you mean, and press “Change”. You see what would happen first, and everything can be undone.
      </BulkList>
    </Page>
  );
}
