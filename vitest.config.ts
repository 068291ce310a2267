import { defineConfig } from 'vitest/config';

/** Tests run on the sources; with TEST_DIST=1 on what is published. */
const conditions = process.env['TEST_DIST'] === '1' ? [] : ['@kube-rules/source'];
const resolution = {
  resolve: { conditions },
  ssr: { resolve: { conditions: [...conditions, 'module', 'node'] } },
};

export default defineConfig({
  test: {
    projects: [
      {
        ...resolution,
        test: {
          name: 'unit',
          globalSetup: ['test/support/build.ts'],
          include: ['packages/*/test/**/*.test.ts', 'test/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        ...resolution,
        test: {
          name: 'types',
          include: [],
          typecheck: {
            enabled: true,
            only: true,
            include: ['packages/*/test/**/*.test-d.ts'],
            tsconfig: 'tsconfig.test.json',
          },
        },
      },
      {
        ...resolution,
        test: {
          name: 'kernel',
          include: ['test/kernel/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...resolution,
        test: {
          name: 'browser',
          globalSetup: ['test/support/build.ts'],
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
