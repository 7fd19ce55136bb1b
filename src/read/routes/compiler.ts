/**
 * The TypeScript compiler that ts-morph brings, whatever version the project has. No other file under `routes` knows
 * ts-morph. It costs about half a second to load, so that the whole folder is loaded by `import()` only.
 */
export { ts } from 'ts-morph'
