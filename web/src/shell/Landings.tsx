import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { frontPage, useSession } from '../api/session.ts';
import { EmptyState, Page } from '../ui/Page.tsx';
import { useGo } from './address.ts';

export function FrontDoor() {
  const session = useSession();
  const go = useGo();
  useEffect(() => go(frontPage(session), { replace: true }), [go, session]);
  return null;
}

export function NotHere() {
  return (
    <Page>
      <EmptyState
        title="There is no such page"
        actions={
          <Button component="a" href="/">
            To the front page
          </Button>
        }
      >
        The address may be old or mistyped. Nothing was changed.
      </EmptyState>
    </Page>
  );
}

export function Forbidden() {
  return (
    <Page>
      <EmptyState
        title="This page is not part of your role"
        actions={
          <Button component="a" href="/">
            To my front page
          </Button>
        }
      >
        If you need it, ask an administrator to add the role to your name under Settings, Users.
      </EmptyState>
    </Page>
  );
}

export function Broken({ error }: { error: unknown }) {
  useEffect(() => reportError(error), [error]);
  const isStale = /dynamically imported module|module script/i.test(String(error));
  return (
    <Page>
      <EmptyState
        title={isStale ? 'Baton was updated' : 'This page stumbled'}
        actions={<Button onClick={() => location.reload()}>Load it again</Button>}
      >
        {isStale
          ? 'Load the page again to get the new version. Nothing is lost.'
          : 'What you entered on the server is safe. Load the page again; if it stays broken, tell your administrator what you did last.'}
      </EmptyState>
    </Page>
  );
}
