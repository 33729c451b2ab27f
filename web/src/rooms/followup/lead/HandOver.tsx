import { Button, Popover, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useApi, useSend } from '../../../api/hooks.ts';
import { useKeys } from '../../../shell/keys.ts';
import { ErrorNote, Kbd, toast } from '../../../ui/index.tsx';
import { useInSight } from '../../../ui/in-sight.ts';
import css from './choice.module.css';

/** By hand, with a word why: to somebody, or back to the routing to choose again. The custody stays unbroken either way. */
export function HandOver({ leadId, holderId, onDone }: { leadId: string; holderId?: string | null; onDone: () => void }) {
  const [open, setOpen] = useState(false);
  const [button, show] = useInSight(() => setOpen(true));
  const [to, setTo] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const holders = useApi('GET /v1/holders', { query: { active: 'true' } }, { enabled: open, staleTime: 60_000 });
  const assign = useSend('POST /v1/leads/:id/assign', {
    done: (assignment) => {
      toast({ message: `Now held by ${assignment.holderName}.`, tone: 'good' });
      setOpen(false);
      onDone();
    },
  });
  useKeys([{ key: 'o', label: 'Hand over…', group: 'Lead', run: show }]);
  const options = (holders.data?.items ?? [])
    .filter((holder) => holder.kind !== 'nurture' && holder.id !== holderId)
    .map((holder) => ({
      value: holder.id,
      label: `${holder.name} · ${holder.openLeads} open${holder.awayUntilOn ? `, away until ${holder.awayUntilOn}` : ''}`,
    }));
  const send = (holder: string | null) => assign.mutate({ params: { id: leadId }, body: { holderId: holder, note: note.trim() || null } });
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button ref={button} variant="default" size="xs" onClick={() => setOpen(true)} rightSection={<Kbd>o</Kbd>}>
          Hand over…
        </Button>
      </Popover.Target>
      <Popover.Dropdown data-overlay-open={open || undefined}>
        <form
          className={css.handOver}
          onSubmit={(event) => {
            event.preventDefault();
            if (to) send(to);
          }}
        >
          <Select
            label="To"
            data-autofocus
            data={options}
            value={to}
            onChange={setTo}
            searchable
            placeholder="A rep, a partner or the desk"
            comboboxProps={{ withinPortal: false }}
          />
          <TextInput
            label="Why"
            placeholder="Optional, kept with the lead"
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <ErrorNote error={assign.error} />
          <div>
            <Button size="xs" variant="default" onClick={() => send(null)} loading={assign.isPending}>
              Let the routing choose
            </Button>
            <Button size="xs" type="submit" disabled={!to} loading={assign.isPending}>
              Hand over
            </Button>
          </div>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
