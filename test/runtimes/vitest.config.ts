import { fileURLToPath } from 'node:url'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

/** Apart from the other tests: what these run in is installed by `npm run test:runtimes` alone. */
const config: ViteUserConfig = defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: { include: ['*.test.ts'], testTimeout: 30_000, hookTimeout: 240_000 },
})

export default config
