import { Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { Suspense, lazy, useEffect, useState } from 'react';
import { useLive } from '../api/live.ts';
import { SessionProvider, may, useSessionQuery, type Session } from '../api/session.ts';
import { ErrorNote, Page, SkeletonRows } from '../ui/Page.tsx';
import { useIsPhone } from '../ui/screen-size.ts';
import { Toasts } from '../ui/toast.tsx';
import { useGo } from './address.ts';
import { BottomBar } from './BottomBar.tsx';
import { KeptActions } from './KeptActions.tsx';
import { useKeys } from './keys.ts';
import { tellOfLead } from './lead-notices.ts';
import { Palette } from './Palette.tsx';
import { navEntries, standsFor } from './rooms.ts';
import css from './shell.module.css';
import { Sidebar } from './Sidebar.tsx';
import { TopBar } from './TopBar.tsx';

const KeySheet = lazy(() => import('./KeySheet.tsx'));
const QuickLead = lazy(() => import('./QuickLead.tsx'));

export type Overlay = 'palette' | 'keys' | 'menu' | 'lead' | undefined;

/** The frame of every signed-in screen. Without a session it goes to sign-in and comes back to the same address. */
export function Shell() {
  const { session, signedOut, error, isLoading } = useSessionQuery();
  const router = useRouter();
  useEffect(() => {
    if (!signedOut) return;
    const { pathname, search } = router.history.location;
    const back = pathname + search;
    router.history.replace(back === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(back)}`);
  }, [signedOut, router]);
  if (session) return <House session={session} />;
  if (error) {
    return (
      <Page>
        <ErrorNote error={error} retry={() => location.reload()} />
      </Page>
    );
  }
  return isLoading ? <div className={css.waiting} aria-busy /> : null;
}

function House({ session }: { session: Session }) {
  const [overlay, setOverlay] = useState<Overlay>();
  const isPhone = useIsPhone();
  const go = useGo();
  const path = useLocation({ select: (location) => location.pathname });
  useLive(true, (event) => void tellOfLead(event, path, go));
  useEffect(() => setOverlay(undefined), [path]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setOverlay('palette');
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  const canAdd = may(session, ['marketing', 'sales_manager', 'rep']);
  useKeys(
    [
      { key: '/', label: 'Search', group: 'Everywhere', run: () => setOverlay('palette') },
      { key: '?', label: 'Show these keys', group: 'Everywhere', run: () => setOverlay('keys') },
      ...(canAdd ? [{ key: 'n', label: 'Add a lead', group: 'Everywhere', run: () => setOverlay('lead') }] : []),
      ...navEntries
        .filter((entry) => entry.goKey && standsFor(session, entry))
        .map((entry) => ({ key: `g ${entry.goKey}`, label: entry.label, group: 'Go to', run: () => go(entry.to) })),
    ],
    'under',
  );
  const close = () => setOverlay(undefined);
  return (
    <SessionProvider value={session}>
      <div className={css.house}>
        <a className={css.skip} href="#main">
          Skip to the content
        </a>
        {!isPhone && <Sidebar show={setOverlay} />}
        <div className={css.column}>
          <TopBar show={setOverlay} canAdd={canAdd} />
          <KeptActions />
          <main id="main" className={css.main} tabIndex={-1}>
            <Suspense fallback={<SkeletonRows rows={10} />}>
              <Outlet />
            </Suspense>
          </main>
          {isPhone && <BottomBar show={setOverlay} menuOpen={overlay === 'menu'} />}
        </div>
      </div>
      {overlay === 'palette' && <Palette close={close} show={setOverlay} canAdd={canAdd} />}
      {/* Its chunk may still be on its way: single keys rest from the moment it was called. */}
      <Suspense fallback={<span data-overlay-open hidden />}>
        {overlay === 'keys' && <KeySheet close={close} />}
        {overlay === 'lead' && <QuickLead close={close} />}
      </Suspense>
      <Toasts />
    </SessionProvider>
  );
}
