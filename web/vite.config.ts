// How the web app is built. Nothing is inlined as a data: address, because the server's content security policy is
// `default-src 'self'`. In development /api goes to the server (or the mock) at BATON_API, port 8080 unless told.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const api = process.env['BATON_API'] ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [react()],
  // The editors of bpmn.io come with preact, each with its own idea of where; hooks work only in one.
  resolve: { dedupe: ['preact'] },
  server: { proxy: { '/api': api, '/sign-in': api } },
  build: {
    target: ['chrome120', 'firefox120', 'safari17'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 950,
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
  },
});
