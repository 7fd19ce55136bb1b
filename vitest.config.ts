import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

const config: ViteUserConfig = defineConfig({
  resolve: { alias: { 'streamwright/runtime': fileURLToPath(new URL('src/runtime/index.ts', import.meta.url)) } },
  test: {
    // Some tests wait for processes of their own: with two cores a second file goes on meanwhile.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: 'units', include: ['test/**/*.test.ts'], exclude: ['test/cli/**', 'test/runtimes/**'] },
      },
      {
        extends: true,
        // These run the built command as a process of its own.
        test: { name: 'cli', include: ['test/cli/**/*.test.ts'], globalSetup: 'test/cli/build.ts' },
      },
    ],
  },
})

export default config
