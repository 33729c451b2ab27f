import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSend } from '../../api/hooks.ts';
import { FormDialog, Note } from '../../ui/index.tsx';
import { HolderShares } from './HolderShares.tsx';
import type { Team } from './routing-words.ts';

/** A named list of those who share leads among them. */
export function TeamForm({ team, close }: { team?: Team | undefined; close: () => void }) {
  const [name, setName] = useState(team?.name ?? '');
  const [holders, setHolders] = useState(
    (team?.holders ?? []).map((one) => ({ holderId: one.holderId, name: one.name, weight: one.weight })),
  );
  const stale = ['/v1/teams', '/v1/routing'];
  const add = useSend('POST /v1/teams', { stale, done: close });
  const change = useSend('PATCH /v1/teams/:id', { stale, done: close });
  const submit = () => {
    const body = { name: name.trim(), holders: holders.map(({ holderId, weight }) => ({ holderId, weight })) };
    if (team) change.mutate({ params: { id: team.id }, body });
    else add.mutate({ body });
  };
  return (
    <FormDialog
      title={team ? `Change ${team.name}` : 'Add a team'}
      size={560}
      verb={team ? 'Save' : 'Add'}
      submit={submit}
      close={close}
      pending={add.isPending || change.isPending}
      disabled={!name.trim()}
      error={add.error ?? change.error}
    >
      <TextInput
        label="Name"
        required
        data-autofocus
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <HolderShares legend="Who is in it" holders={holders} onChange={setHolders} />
      <Note>
        Shares may change at any time: what each is owed of the others stays. It counts at once, for every rule that names the team.
      </Note>
    </FormDialog>
  );
}
