import { useEffect, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useSession } from '../api/session.ts';
import { BatonMark, Icon } from '../ui/Icon.tsx';
import { A } from '../ui/Link.tsx';
import { Chip, Kbd } from '../ui/Page.tsx';
import { useIsPhone } from '../ui/screen-size.ts';
import css from './shell.module.css';
import type { Overlay } from './Shell.tsx';

export function TopBar({ show, canAdd }: { show: (overlay: Overlay) => void; canAdd: boolean }) {
  const isPhone = useIsPhone();
  const session = useSession();
  if (isPhone) {
    return (
      <header className={css.top}>
        <A to="/" className={css.brand}>
          <BatonMark /> {session.workspace.name}
        </A>
        <div className={css.topSide} style={{ gap: 0 }}>
          <button type="button" className={css.iconButton} aria-label="Search" onClick={() => show('palette')}>
            <Icon name="search" />
          </button>
          {canAdd && (
            <button type="button" className={css.iconButton} aria-label="Add a lead" onClick={() => show('lead')}>
              <Icon name="plus" />
            </button>
          )}
        </div>
      </header>
    );
  }
  return (
    <header className={css.top}>
      <button type="button" className={css.search} onClick={() => show('palette')} aria-keyshortcuts="/">
        Search people, companies, phones…
        <Kbd>/</Kbd>
      </button>
      <div className={css.topSide}>
        <div id="topbar-side" className={css.topSide} />
        {session.workspace.isDemo && <span className={css.demo}>Demo company</span>}
        {canAdd && (
          <Chip keyName="n" onClick={() => show('lead')}>
            + Lead
          </Chip>
        )}
      </div>
    </header>
  );
}

/** Puts a screen's filters or figures at the right of the top bar; at phone width they stay at the head of the screen. */
export function TopBarSide({ children }: { children: ReactNode }) {
  const isPhone = useIsPhone();
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  useEffect(() => setSlot(document.getElementById('topbar-side')), [isPhone]);
  if (isPhone) return <div style={{ marginBottom: 12 }}>{children}</div>;
  return slot ? createPortal(children, slot) : null;
}
