// Builds dist/ from src/: the server by tsc, the two pages by Vite. Plain JavaScript: it runs before anything is built.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const dist = join(root, 'dist');
const stamp = join(dist, 'built-at');

const newestIn = (path) => {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
};

/** True where dist/ holds what src/ and locales/ now say. */
export function isBuilt() {
  if (!existsSync(stamp)) return false;
  const newest = Math.max(...['src', 'locales', 'package.json', 'tsconfig.json'].map((name) => newestIn(join(root, name))));
  return statSync(stamp).mtimeMs > newest;
}

/** Builds everything; throws where a part fails. `only` builds one part and leaves the others as they are. */
export function build(only) {
  const bin = join(root, 'node_modules', '.bin');
  const parts = {
    server: ['tsc', '-p', 'tsconfig.json'],
    webchat: ['vite', 'build', '--logLevel', 'warn', '--config', 'src/webchat/vite.config.ts'],
    console: ['vite', 'build', '--logLevel', 'warn', '--config', 'src/console/vite.config.ts'],
  };
  if (!only) rmSync(dist, { recursive: true, force: true });
  for (const [part, [command, ...args]] of Object.entries(parts)) {
    if (only && only !== part) continue;
    const { status } = spawnSync(join(bin, command), args, {
      cwd: root,
      stdio: 'inherit',
      // A test that builds first must see what people get, not a page for developers.
      env: { ...process.env, NODE_ENV: 'production' },
    });
    if (status !== 0) throw new Error(`building ${part} failed`);
    if (part !== 'server') compress(join(dist, part, 'assets'));
  }
  if (!only) writeFileSync(stamp, '');
}

/** Beside each script and style what a slow line carries: compressed once, not at each request. */
function compress(dir) {
  for (const name of readdirSync(dir).filter((name) => /\.(js|css|svg)$/.test(name))) {
    const bytes = readFileSync(join(dir, name));
    writeFileSync(join(dir, `${name}.br`), brotliCompressSync(bytes));
    writeFileSync(join(dir, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build(process.argv[2]);
