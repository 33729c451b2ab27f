// Runs before the first paint so that a dark screen never flashes white. A file, not an inline script: the content policy forbids those.
(function () {
  var choice = null;
  try {
    choice = localStorage.getItem('baton-scheme');
  } catch (e) {
    /* private window: follow the system */
  }
  var dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
