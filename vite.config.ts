import { defineConfig } from 'vitest/config';

// One file for both tools: the client's build (root `client/`) and the tests (root of the repository).
export default defineConfig({
  root: 'client',
  build: { outDir: '../dist', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 1500 },
  server: { proxy: { '/api': 'http://127.0.0.1:3000', '/tiles': 'http://127.0.0.1:3000' } },
  test: {
    root: '.',
    testTimeout: 60_000,
    hookTimeout: 180_000,
    // what is polled for comes at once on an idle machine; on a busy one, a second is little
    expect: { poll: { timeout: 15_000 } },
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/global-setup.ts',
  },
});
