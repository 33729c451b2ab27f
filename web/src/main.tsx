import '@fontsource-variable/inter/wght.css';
import './theme/base.css';
import '@mantine/core/styles.layer.css';
import './theme/tokens.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { makeQueryClient } from './api/hooks.ts';
import { listenToKeys } from './shell/keys.ts';
import { openOffline } from './shell/open-offline.ts';
import { makeRouter } from './shell/router.tsx';
import { schemeManager } from './theme/scheme.ts';
import { resolveTokens, theme } from './theme/theme.ts';

listenToKeys();
openOffline();
const router = makeRouter();
const queries = makeQueryClient();
const scheme = schemeManager();

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={resolveTokens} colorSchemeManager={scheme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
