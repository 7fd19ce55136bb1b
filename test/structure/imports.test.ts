import { describe, expect, test } from 'vitest'
import { findCrossings, findCycles, type Import, importsOf } from './imports.js'
import { parseSource, readSources } from './sources.js'

function arrow(from: string, to: string): Import {
  return { from, to, line: 1 }
}

describe('the rules see what they are for', () => {
  test('imports of every form are found and resolved', () => {
    const code = [
      "import { a } from '../b.js'",
      "import type { c } from './d.js'",
      "export * from './e.js'",
      "const f = await import('./g.js')",
      "type H = import('node:fs').Stats",
    ].join('\n')
    expect(importsOf(parseSource('src/x/y.ts', code)).map(({ to }) => to)).toEqual([
      'src/b.ts',
      'src/x/d.ts',
      'src/x/e.ts',
      'src/x/g.ts',
      'node:fs',
    ])
  })

  test('a cycle is found and named, a diamond is none', () => {
    expect(findCycles([arrow('a', 'b'), arrow('b', 'c'), arrow('c', 'b')])).toEqual([['b', 'c', 'b']])
    expect(findCycles([arrow('a', 'a')])).toEqual([['a', 'a']])
    expect(findCycles([arrow('a', 'b'), arrow('a', 'c'), arrow('b', 'd'), arrow('c', 'd')])).toEqual([])
  })

  test('a chain of a hundred thousand files is walked without recursion', () => {
    const chain = Array.from({ length: 100_000 }, (_, index) => arrow(`f${index}`, `f${index + 1}`))
    expect(findCycles(chain)).toEqual([])
    expect(findCycles([...chain, arrow('f100000', 'f0')])).toHaveLength(1)
  })

  test.each([
    ['src/runtime/sse.ts', 'src/diagnostics.ts'],
    ['src/runtime/sse.ts', 'node:fs'],
    ['src/emit/plan.ts', 'src/runtime/sse.ts'],
    ['src/emit/plan.ts', 'src/read/openapi/node.ts'],
    ['src/read/openapi/load.ts', 'src/emit/encode.ts'],
    ['src/classify/rules.ts', 'src/read/openapi/node.ts'],
    ['src/ir.ts', 'src/names.ts'],
    ['src/ir/type.ts', 'src/names.ts'],
    ['src/config.ts', 'src/cli.ts'],
    ['src/emit/write.ts', 'node:process'],
    ['src/read/openapi/load.ts', 'src/config/shape.ts'],
  ])('%s must not import %s', (from, to) => {
    expect(findCrossings([arrow(from, to)])).toHaveLength(1)
  })

  test.each([
    ['src/runtime/sse.ts', 'src/runtime/lines.ts'],
    ['src/generate.ts', 'src/emit/plan.ts'],
    ['src/ir.ts', 'src/ir/type.ts'],
    ['src/ir/type.ts', 'src/diagnostics.ts'],
    ['src/cli.ts', 'node:process'],
    ['src/read/openapi/load.ts', 'js-yaml'],
  ])('%s may import %s', (from, to) => {
    expect(findCrossings([arrow(from, to)])).toEqual([])
  })
})

describe('our sources', () => {
  const imports = readSources('src').flatMap(importsOf)

  test('no file leads back to itself', () => {
    expect(findCycles(imports)).toEqual([])
  })

  test('imports point one way', () => {
    expect(findCrossings(imports)).toEqual([])
  })
})
