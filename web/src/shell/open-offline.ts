/** The app opens without a line, once it was opened with one: a worker (public/sw.js) keeps the app and who is signed in. */
export function openOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  // What was loaded before the worker was there is named to it; not before the page stands, which needs the line itself.
  const begin = async () => {
    await navigator.serviceWorker.register('/sw.js');
    const { active } = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
    // A worker has no origin to name: it is this page's own.
    // eslint-disable-next-line unicorn/require-post-message-target-origin
    active?.postMessage({ keep: loaded.filter(({ origin }) => origin === location.origin).map(({ pathname }) => pathname) });
  };
  addEventListener('load', () => setTimeout(() => void begin().catch(() => undefined), 1000));
}
