import { useFilters } from '../../shell/address.ts';
import { Page, PageTitle, Tabs } from '../../ui/index.tsx';
import { Invoices } from './Invoices.tsx';
import { Return } from './Return.tsx';
import { Unattributed } from './Unattributed.tsx';

export default function MoneyScreen() {
  const [{ part = 'invoices' }] = useFilters();
  return (
    <Page fill={part !== 'return'}>
      <PageTitle title="Money" question="Which invoices belong to which program, what came of it, and what is unattributed?" />
      <Tabs
        label="Money"
        tabs={[
          { to: '/money', label: 'Invoices' },
          { to: '/money?part=return', label: 'Return' },
          { to: '/money?part=unattributed', label: 'Unattributed' },
          { to: '/claims', label: 'Unreported sales' },
        ]}
      />
      {part === 'return' ? <Return /> : part === 'unattributed' ? <Unattributed /> : <Invoices />}
    </Page>
  );
}
