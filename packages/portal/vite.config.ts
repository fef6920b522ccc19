import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  build: { target: 'es2023', chunkSizeWarningLimit: 900 },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/providers', '/signin', '/signout', '/oidc'].map((path) => [path, 'http://127.0.0.1:4310']),
    ),
  },
});
