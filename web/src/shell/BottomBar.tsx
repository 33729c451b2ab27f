import { useSession } from '../api/session.ts';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { A } from '../ui/Link.tsx';
import { navEntries, standsFor, type NavEntry } from './rooms.ts';
import css from './shell.module.css';
import type { Overlay } from './Shell.tsx';
import { NavDrawer, useIsHere } from './Sidebar.tsx';

export function BottomBar({ show, menuOpen }: { show: (overlay: Overlay) => void; menuOpen: boolean }) {
  const session = useSession();
  const thumbs = navEntries
    .filter((entry) => entry.thumb && standsFor(session, entry))
    .sort((one, two) => (one.thumb?.order ?? 0) - (two.thumb?.order ?? 0))
    .slice(0, 4);
  return (
    <>
      <nav className={css.bottom} aria-label="Quick">
        {thumbs.map((entry) => (
          <Thumb key={entry.to} entry={entry} />
        ))}
        <button type="button" onClick={() => show('menu')} aria-expanded={menuOpen}>
          <Icon name="menu" size={20} />
          More
        </button>
      </nav>
      <NavDrawer opened={menuOpen} close={() => show(undefined)} show={show} />
    </>
  );
}

const noCount = () => ({}) as { value?: number; urgent?: boolean };

function Thumb({ entry }: { entry: NavEntry }) {
  const here = useIsHere(entry.to);
  const count = (entry.useCount ?? noCount)();
  return (
    <A to={entry.to} aria-current={here ? 'page' : undefined}>
      <Icon name={(entry.thumb?.icon ?? 'leads') as IconName} size={20} />
      {entry.label}
      {count.value ? <span className={css.bottomCount}>{count.value > 99 ? '99+' : count.value}</span> : null}
    </A>
  );
}
