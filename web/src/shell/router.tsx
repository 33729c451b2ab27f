import { Outlet, createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { useEffect, type ComponentType } from 'react';
import { parseSearch, stringifySearch } from './address.ts';
import { Broken, Forbidden, FrontDoor, NotHere } from './Landings.tsx';
import { screens, type Screen } from './rooms.ts';
import { Shell } from './Shell.tsx';
import { may, useSession } from '../api/session.ts';
import { SkeletonRows } from '../ui/Page.tsx';

/** Built from what the rooms register (rooms.ts); every screen is its own chunk. */
export function makeRouter() {
  const root = createRootRoute({ component: Outlet, notFoundComponent: NotHere, errorComponent: Broken });
  const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Shell });
  const front = createRoute({ getParentRoute: () => inside, path: '/', component: FrontDoor });
  const routeOf = (screen: Screen) => {
    const Lazy = lazyRouteComponent(screen.load) as ComponentType & { preload?: () => Promise<void> };
    const Guarded = () => {
      useTitle(screen.title);
      return <Lazy />;
    };
    const Checked = () => (may(useSession(), screen.may) ? <Guarded /> : <Forbidden />);
    return createRoute({
      getParentRoute: () => (screen.bare ? root : inside),
      path: screen.path,
      component: Object.assign(screen.bare ? Guarded : Checked, { preload: Lazy.preload }),
      pendingComponent: () => <SkeletonRows rows={10} />,
      errorComponent: Broken,
    });
  };
  const bare = screens.filter((screen) => screen.bare).map(routeOf);
  const housed = screens.filter((screen) => !screen.bare).map(routeOf);
  return createRouter({
    routeTree: root.addChildren([inside.addChildren([front, ...housed]), ...bare]),
    parseSearch,
    stringifySearch,
    defaultPreload: false,
    scrollRestoration: true,
    scrollToTopSelectors: ['#main'],
  });
}

function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Baton`;
  }, [title]);
}
