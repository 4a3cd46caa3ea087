import { defineConfig } from 'vite';

/** The resident's page, small enough for an old phone on a slow line. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  // Each answer gets a nonce of its own in this place.
  html: { cspNonce: '__NONCE__' },
  build: {
    outDir: '../../dist/webchat',
    emptyOutDir: true,
    target: ['chrome87', 'safari14', 'firefox90'],
    modulePreload: false,
    assetsInlineLimit: 0,
  },
});
