import { expect, test } from 'vitest'
import { verify } from '../../src/emit/verify.js'

test('a generated file with a syntax error is refused with its place', async () => {
  const files = [
    { path: 'types.ts', text: 'export type Id = string\n' },
    { path: 'endpoints/default.ts', text: 'export const one = 1\nexport const = 2\n' },
  ]
  await expect(verify(files, { folder: 'src/api' })).rejects.toMatchObject({
    problem: {
      code: 'verify-failed',
      message: 'the generated file is not valid TypeScript: Variable declaration expected.',
      place: { file: 'src/api/endpoints/default.ts', line: 2, column: 14 },
    },
  })
})

test('TypeScript passes, whatever its types mean', async () => {
  const text = "import type { A } from './nowhere.js'\nexport const a: A = 1\n"
  await expect(verify([{ path: 'a.ts', text }], { folder: 'api' })).resolves.toBeUndefined()
})
