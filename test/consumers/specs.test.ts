import { describe, expect, test } from 'vitest'
import { inspect } from '../../src/index.js'
import { findDisagreements } from './agreement.js'
import { hasSpecs, readSpecs, undecided } from './specs.js'

const specs = readSpecs()

test('the real documents are present in CI', () => {
  expect(hasSpecs || process.env['CI'] === undefined).toBe(true)
})

describe.skipIf(!hasSpecs)('inspect agrees with the readers of real documents (needs ../shared)', () => {
  test('there are 29 documents with 1140 operations', () => {
    expect(specs).toHaveLength(29)
    expect(specs.flatMap(({ expected }) => expected)).toHaveLength(1140)
  })

  test.each(specs)('$name', async ({ name, file, expected }) => {
    const { operations } = await inspect({ input: file })
    const found = findDisagreements({ expected, inspected: operations, undecided: undecided[name] ?? {} })
    expect(found).toEqual([])
  })
})
