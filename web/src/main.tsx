/** Starts the app: colours by the system's preference, one query cache, the routes. */
import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './tokens.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { makeQueryClient } from './api/cache';
import { makeRouter } from './router';
import { rememberDensity } from './shell/appearance';
import { theme, variables } from './theme';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');

rememberDensity();
const queries = makeQueryClient();

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <RouterProvider router={makeRouter(queries)} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
