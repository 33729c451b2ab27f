// Lets the app open without a line, so that what was done meanwhile can be seen and waits to be sent. Pages come from the network wherever
// there is one. Kept are the app itself and who is signed in; of what the database holds, nothing.
const cacheName = 'baton-shell-1';
const assetsMost = 250;
const session = '/v1/session';

const isAsset = (path) => path.startsWith('/assets/') || path === '/baton.svg' || path === '/scheme.js';

async function keep(request, response) {
  const cache = await caches.open(cacheName);
  await cache.put(request, response);
  const assets = (await cache.keys()).filter(({ url }) => new URL(url).pathname.startsWith('/assets/'));
  await Promise.all(assets.slice(0, Math.max(0, assets.length - assetsMost)).map((old) => cache.delete(old)));
}
const kept = async (path) => (await caches.open(cacheName)).match(path);
const forget = async (path) => (await caches.open(cacheName)).delete(path);

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(cacheName).then(async (cache) => {
      await cache.addAll(['/baton.svg', '/scheme.js']);
      // The server gives the page to whoever asks for one.
      const shell = await fetch('/', { headers: { accept: 'text/html' } });
      if (!shell.ok) throw new Error('no shell');
      await cache.put('/', shell);
    }),
  );
  void self.skipWaiting();
});
self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

// What the page had loaded before this worker was there.
self.addEventListener('message', (event) => {
  const paths = Array.isArray(event.data?.keep)
    ? event.data.keep.filter((path) => typeof path === 'string' && (isAsset(path) || path === session))
    : [];
  event.waitUntil(
    Promise.all(
      paths.map((path) =>
        fetch(path)
          .then((response) => (response.ok ? keep(path, response) : undefined))
          .catch(() => undefined),
      ),
    ),
  );
});

/** A line that hangs is none, where there is something kept to show instead. */
const ask = async (request, path) => fetch(request, (await kept(path)) ? { signal: AbortSignal.timeout(5000) } : {});

async function page(request) {
  try {
    const response = await ask(request, '/');
    if (response.ok && new URL(response.url).pathname === '/') await keep('/', response.clone());
    return response;
  } catch {
    return (await kept('/')) ?? Response.error();
  }
}

async function asset(request, path) {
  const found = await kept(path);
  if (found && path.startsWith('/assets/')) return found;
  try {
    const response = await fetch(request);
    if (response.ok) await keep(path, response.clone());
    return response;
  } catch {
    return found ?? Response.error();
  }
}

async function whoIsSignedIn(request) {
  try {
    const response = await ask(request, session);
    if (response.ok) await keep(session, response.clone());
    else await forget(session);
    return response;
  } catch {
    return (await kept(session)) ?? Response.error();
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (pathname === session && request.method === 'DELETE') event.waitUntil(forget(session));
  if (request.method !== 'GET') return;
  // Forms, links without a login and the like are pages of their own and no part of the app.
  if (request.mode === 'navigate' && !/^\/(v1|api|d|f|l|u|metrics|healthz|readyz|openapi\.json)(\/|$)/.test(pathname))
    event.respondWith(page(request));
  else if (isAsset(pathname)) event.respondWith(asset(request, pathname));
  else if (pathname === session) event.respondWith(whoIsSignedIn(request));
});
