import { Drawer, Menu, useMantineColorScheme } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { may, useSession, useSignOut, type Role } from '../api/session.ts';
import { BatonMark } from '../ui/Icon.tsx';
import { A } from '../ui/Link.tsx';
import { useFormat } from '../ui/format.ts';
import { useGo } from './address.ts';
import { switchNotices, useNotices } from './lead-notices.ts';
import { navEntries, navGroups, standsFor, type NavEntry, type NavGroup } from './rooms.ts';
import css from './shell.module.css';
import type { Overlay } from './Shell.tsx';

const roleNames: Record<Role, string> = {
  administrator: 'Administrator',
  marketing: 'Marketing',
  sales_manager: 'Sales manager',
  rep: 'Rep',
  partner: 'Partner',
  management: 'Management',
  finance: 'Finance',
};

export function Sidebar({ show }: { show: (overlay: Overlay) => void }) {
  return (
    <div className={css.side}>
      <A to="/" className={css.brand}>
        <BatonMark /> Baton
      </A>
      <Nav />
      <Me show={show} />
    </div>
  );
}

/** The same navigation on a phone, from the bottom bar's More. */
export function NavDrawer({ opened, close, show }: { opened: boolean; close: () => void; show: (overlay: Overlay) => void }) {
  const session = useSession();
  return (
    <Drawer
      opened={opened}
      onClose={close}
      position="left"
      size={290}
      title={session.workspace.name}
      padding="md"
      styles={{ body: { height: 'calc(100% - 60px)', padding: 0 } }}
    >
      <div className={css.drawer}>
        <Nav />
        <Me show={show} />
      </div>
    </Drawer>
  );
}

function Nav() {
  const session = useSession();
  const allowed = navEntries.filter((entry) => standsFor(session, entry));
  const list = useRef<HTMLDivElement>(null);
  const path = useLocation({ select: (location) => location.pathname });
  // Where one is has to be seen, also in a window too low for the whole list.
  useEffect(() => void list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' }), [path]);
  const grouped = (groups: readonly NavGroup[]) =>
    groups.map((group) => {
      const entries = allowed.filter((entry) => entry.group === group);
      if (entries.length === 0) return null;
      return (
        <div key={group} role="group" aria-label={group}>
          {group !== 'Work' && <h2>{group}</h2>}
          {entries.map((entry) => (
            <NavLine key={entry.to} entry={entry} />
          ))}
        </div>
      );
    });
  return (
    <nav className={css.nav} aria-label="Main">
      <div ref={list}>{grouped(navGroups.filter((group) => group !== 'House'))}</div>
      {grouped(['House'])}
    </nav>
  );
}

const noCount = () => ({}) as { value?: number; urgent?: boolean };

export const useIsHere = (to: string): boolean => {
  const path = useLocation({ select: (location) => location.pathname });
  const own = to.split('?')[0] as string;
  return path === own || path.startsWith(`${own}/`);
};

function NavLine({ entry }: { entry: NavEntry }) {
  const here = useIsHere(entry.to);
  const format = useFormat();
  const count = (entry.useCount ?? noCount)();
  return (
    <A to={entry.to} aria-current={here ? 'page' : undefined}>
      {entry.label}
      {count.value !== undefined && (
        <span className={css.navCount} data-urgent={count.urgent || undefined}>
          {format.number(count.value)}
        </span>
      )}
    </A>
  );
}

function Me({ show }: { show: (overlay: Overlay) => void }) {
  const session = useSession();
  const signOut = useSignOut();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const notices = useNotices();
  const go = useGo();
  const works = may(session, ['rep', 'partner', 'sales_manager']);
  return (
    <div className={css.me}>
      <Menu position="top-start" width={190} withinPortal>
        <Menu.Target>
          <button type="button" className={css.meButton}>
            <b>{session.user.name}</b>
            <span>
              {session.user.roles.map((role) => roleNames[role]).join(', ')} · {session.workspace.name}
            </span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Appearance</Menu.Label>
          {(['light', 'dark', 'auto'] as const).map((scheme) => (
            <Menu.Item key={scheme} onClick={() => setColorScheme(scheme)} rightSection={colorScheme === scheme ? '✓' : undefined}>
              {{ light: 'Light', dark: 'Dark', auto: 'As the system' }[scheme]}
            </Menu.Item>
          ))}
          {works && notices !== 'impossible' && (
            <>
              <Menu.Label>Notices</Menu.Label>
              <Menu.Item
                disabled={notices === 'blocked'}
                rightSection={notices === 'on' ? '✓' : undefined}
                onClick={() => void switchNotices(notices !== 'on')}
              >
                {notices === 'blocked' ? 'Blocked by the browser' : 'Tell me of new leads'}
              </Menu.Item>
            </>
          )}
          <Menu.Divider />
          {works && <Menu.Item onClick={() => go('/diary')}>My calendar and mail</Menu.Item>}
          <Menu.Item onClick={() => show('keys')}>Keyboard</Menu.Item>
          <Menu.Item onClick={() => void signOut()}>Sign out</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
