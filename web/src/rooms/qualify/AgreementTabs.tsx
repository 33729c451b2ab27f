import { PageTitle, Tabs } from '../../ui/index.tsx';

/** The head of the parts of the agreement between marketing and sales. */
export function AgreementTabs() {
  return (
    <>
      <PageTitle title="The agreement" question="What did marketing and sales promise each other?" />
      <Tabs
        label="The agreement"
        tabs={[
          { to: '/agreement', label: 'What we agreed' },
          { to: '/agreement/kept', label: 'Kept' },
          { to: '/definition', label: 'What a lead is' },
          { to: '/scoring', label: 'Which come first' },
          { to: '/questions', label: 'What is asked' },
          { to: '/promise', label: 'How fast we answer' },
        ]}
      />
    </>
  );
}
