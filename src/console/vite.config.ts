import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Everything is a file of its own: the content security policy allows no inline script and no `data:` source but pictures. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/console/',
  publicDir: false,
  logLevel: 'warn',
  build: {
    outDir: fileURLToPath(new URL('../../dist/console', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1400,
    rolldownOptions: {
      // The component library marks its files for servers that draw React; this page is drawn by the browser alone.
      onLog: (level, log, tell) => (log.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : tell(level, log)),
    },
  },
});
