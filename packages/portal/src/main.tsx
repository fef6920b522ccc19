import { FluentProvider, type Theme, webDarkTheme, webLightTheme } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiError } from './api/request.ts';
import { createPortalRouter } from './routes.tsx';
import './portal.css';

const brand = {
  colorBrandBackground: '#2b6777',
  colorBrandBackgroundHover: '#235564',
  colorBrandBackgroundPressed: '#1b4450',
};
const light: Theme = {
  ...webLightTheme,
  ...brand,
  colorBrandForeground1: '#235564',
  colorCompoundBrandForeground1: '#235564',
};
const dark: Theme = { ...webDarkTheme, ...brand };

const isDark = window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  isDark.addEventListener('change', listener);
  return () => isDark.removeEventListener('change', listener);
}

/** What a person may not do does not become possible by trying again. */
function shouldRetry(count: number, error: Error): boolean {
  return count < 2 && !(error instanceof ApiError && error.status < 500);
}

function Portal({ queryClient }: { readonly queryClient: QueryClient }) {
  const theme = useSyncExternalStore(subscribe, () => (isDark.matches ? dark : light));
  return (
    <FluentProvider theme={theme} className="portal">
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={createPortalRouter()} />
      </QueryClientProvider>
    </FluentProvider>
  );
}

const root = document.getElementById('root');
if (root !== null) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: shouldRetry, staleTime: 5000 } } });
  createRoot(root).render(
    <StrictMode>
      <Portal queryClient={queryClient} />
    </StrictMode>,
  );
}
