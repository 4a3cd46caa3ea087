import { defineConfig, type Plugin } from 'vite';
import en from '../../locales/en/webchat.json' with { type: 'json' };
import zh from '../../locales/zh-CN/webchat.json' with { type: 'json' };

/** What a browser without script is told, in both languages: it can't be asked which. */
const withoutScript: Plugin = {
  name: 'without-script',
  transformIndexHtml: (html) =>
    html.replace('<!--no-script-->', `<p lang="zh-CN">${zh['no-script']}</p>\n      <p lang="en">${en['no-script']}</p>`),
};

/** The resident's page, small enough for an old phone on a slow line. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  // Each answer gets a nonce of its own in this place.
  html: { cspNonce: '__NONCE__' },
  plugins: [withoutScript],
  // The same page wherever it is built from: a test's environment would add what only developers read.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  build: {
    outDir: '../../dist/webchat',
    emptyOutDir: true,
    target: ['chrome87', 'safari14', 'firefox90'],
    modulePreload: false,
    assetsInlineLimit: 0,
  },
});
