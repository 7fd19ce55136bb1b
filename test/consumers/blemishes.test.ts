import { expect, test } from 'vitest'
import { findBlemishes } from './blemishes.js'

test('every any is found, in whatever place of a type', () => {
  expect(
    findBlemishes('export type A = any[]\nexport function f(x: { y?: any }): Promise<any> { return x.y }\n'),
  ).toEqual([
    { line: 1, text: 'any' },
    { line: 2, text: 'any' },
    { line: 2, text: 'any' },
  ])
})

test('the word any in a name, a string or documentation is none', () => {
  expect(findBlemishes("/** Takes any value. */\nexport const any = 'any'\nexport type T = { any: 'any' }\n")).toEqual(
    [],
  )
})

test('orders to the compiler and to linters are found', () => {
  const code = [
    'export const a = 1 // @ts-ignore',
    '/* eslint-disable */',
    '// biome-ignore lint: no',
    'export const b = { // @ts-expect-error',
    '}',
    '// @ts-nocheck',
  ].join('\n')
  expect(findBlemishes(code)).toEqual([
    { line: 1, text: '// @ts-ignore' },
    { line: 2, text: '/* eslint-disable */' },
    { line: 3, text: '// biome-ignore lint: no' },
    { line: 4, text: '// @ts-expect-error' },
    { line: 6, text: '// @ts-nocheck' },
  ])
})

test('what looks like an order inside a string or in the middle of documentation is none', () => {
  const code =
    "/**\n * Sent as `// @ts-ignore`.\n */\nexport const text = '// @ts-ignore'\nexport const more = `// eslint-disable`\n"
  expect(findBlemishes(code)).toEqual([])
})
