import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useSend } from '../../api/hooks.ts';
import { useFilters, useGo } from '../../shell/address.ts';
import { ErrorNote } from '../../ui/Page.tsx';
import css from './access.module.css';
import { Stage } from './Stage.tsx';

export default function SignIn() {
  const [filters] = useFilters();
  const go = useGo();
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useSend('POST /v1/session', {
    done: (answer) => {
      if (!answer.session) return;
      client.clear();
      // Only an address inside this house: "//elsewhere" would be another site.
      go(/^\/(?!\/)/.test(filters.next ?? '') ? (filters.next as string) : '/', { replace: true });
    },
  });
  const choose = signIn.data?.choose ?? [];
  const submit = (workspaceId?: string) => signIn.mutate({ body: { email, password, workspaceId } });
  return (
    <Stage title="Sign in" question="Your queue is where you left it.">
      <form
        className={css.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextInput
          label="Mail address"
          type="email"
          name="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <ErrorNote error={signIn.error} />
        {choose.length > 0 ? (
          <div className={css.form} role="group" aria-label="Which company?">
            <p>You belong to more than one company. Which one?</p>
            {choose.map((one: { workspaceId: string; name: string }) => (
              <Button key={one.workspaceId} variant="default" onClick={() => submit(one.workspaceId)} loading={signIn.isPending}>
                {one.name}
              </Button>
            ))}
          </div>
        ) : (
          <Button type="submit" loading={signIn.isPending} fullWidth mt={4}>
            Sign in
          </Button>
        )}
      </form>
    </Stage>
  );
}
