// How the web app is built. Nothing is inlined as a data: address, because the server's content security policy is
// `default-src 'self'`. In development /api goes to the server (or the mock) at BATON_API, port 8080 unless told.
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const api = process.env['BATON_API'] ?? 'http://localhost:8080';

/** What the first page waits for: the entry and all that it imports at once, scripts and styles, as they are sent. */
const FIRST_LOAD_KB_MAX = 300;

function firstLoad(): Plugin {
  return {
    name: 'first-load',
    apply: 'build',
    generateBundle(_, bundle) {
      const seen = new Set<string>();
      const add = (name: string) => {
        const file = bundle[name];
        if (file?.type !== 'chunk' || seen.has(name)) return;
        seen.add(name);
        file.viteMetadata?.importedCss.forEach((style) => seen.add(style));
        file.imports.forEach(add);
      };
      for (const file of Object.values(bundle)) if (file.type === 'chunk' && file.isEntry) add(file.fileName);
      const bytes = [...seen].reduce((sum, name) => {
        const file = bundle[name];
        return sum + (file === undefined ? 0 : gzipSync(file.type === 'chunk' ? file.code : file.source).length);
      }, 0);
      const said = `First load: ${Math.round(bytes / 1000)} of ${FIRST_LOAD_KB_MAX} kB gzipped.`;
      if (bytes > FIRST_LOAD_KB_MAX * 1000) this.error(`${said} Load something of it only where it is needed.`);
      this.info(said);
    },
  };
}

export default defineConfig({
  plugins: [react(), firstLoad()],
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
