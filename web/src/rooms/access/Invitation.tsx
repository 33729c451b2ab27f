import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useSend } from '../../api/hooks.ts';
import { useFilters, useGo } from '../../shell/address.ts';
import { ErrorNote } from '../../ui/Page.tsx';
import css from './access.module.css';
import { Stage } from './Stage.tsx';

export default function Invitation() {
  const [{ token = '' }] = useFilters();
  const go = useGo();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const accept = useSend('POST /v1/invitations/accept', {
    done: () => {
      client.clear();
      go('/', { replace: true });
    },
  });
  if (!token)
    return (
      <Stage title="Welcome to Baton" question="The address lacks its token, by which the house knows you.">
        <p>
          Open the link in your invitation mail again. If it was used already, sign in; if it is older than its mail says, ask for another.
        </p>
        <Button component="a" href="/sign-in" variant="default">
          Sign in
        </Button>
      </Stage>
    );
  return (
    <Stage title="Welcome to Baton" question="Choose a password and you are in.">
      <form
        className={css.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          accept.mutate({ body: { token, password, name: name || undefined } });
        }}
      >
        <TextInput
          label="Your name"
          description="Leave it empty to keep the name you were invited with."
          autoComplete="name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          description="At least 10 characters."
          autoComplete="new-password"
          required
          minLength={10}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <ErrorNote error={accept.error} />
        <Button type="submit" loading={accept.isPending}>
          Begin
        </Button>
      </form>
    </Stage>
  );
}
