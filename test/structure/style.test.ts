import { describe, expect, test } from 'vitest'
import { parseSource, readSources, type Source } from './sources.js'
import { findLongFiles, findLongFunctions, findProcess, findUnsafeTypes, findVagueNames } from './style.js'

function source(...lines: readonly string[]): Source {
  return parseSource('src/example.ts', lines.join('\n'))
}

describe('the rules see what they are for', () => {
  test('a file of 301 lines is too long, one of 300 is not', () => {
    const line = 'export {}\n'
    expect(findLongFiles(parseSource('a.ts', line.repeat(301)))).toEqual([
      { path: 'a.ts', line: 301, rule: 'file of 301 lines' },
    ])
    expect(findLongFiles(parseSource('a.ts', line.repeat(300)))).toEqual([])
  })

  test('a function of 61 lines is too long, one of 60 is not', () => {
    const body = (lines: number): string => `const f = () => {\n${'  f()\n'.repeat(lines - 2)}}`
    expect(findLongFunctions(source(body(61)))).toEqual([
      { path: 'src/example.ts', line: 1, rule: 'function of 61 lines' },
    ])
    expect(findLongFunctions(source(body(60)))).toEqual([])
  })

  test('any, the two uses of the exclamation mark and angle brackets are refused', () => {
    const found = findUnsafeTypes(source('let a: any', 'let b = a!', 'class C { d!: string }', 'const e = <string>b'))
    expect(found.map(({ line, rule }) => [line, rule])).toEqual([
      [1, 'any'],
      [2, 'non-null assertion'],
      [3, 'definite assignment'],
      [4, 'assertion in angle brackets'],
    ])
  })

  test('an assertion needs its reason on the line, or directly above it or its statement', () => {
    const found = findUnsafeTypes(
      source(
        'const a = b as string',
        '',
        '// The wire has only text.',
        'const c = d as string',
        'const e = f as string // checked above',
        '// What a builder needs:',
        'const g = build({',
        '  h: i as string,',
        '})',
        'const j = [1] as const',
        "const k = 'https://x' as Link",
      ),
    )
    expect(found.map(({ line }) => line)).toEqual([1, 8, 11])
  })

  test('a vague name is refused for files and folders', () => {
    expect(findVagueNames(parseSource('src/emit/utils.ts', ''))).toHaveLength(1)
    expect(findVagueNames(parseSource('src/common/url.ts', ''))).toHaveLength(1)
    expect(findVagueNames(parseSource('src/emit/print-type.ts', ''))).toEqual([])
  })

  test('the global process is seen, a member of that name is not', () => {
    const found = findProcess(source('process.exit()', 'queue.process()', 'const x = { process: 1 }', 'f(process)'))
    expect(found.map(({ line }) => line).toSorted()).toEqual([1, 4])
    expect(findProcess(source('const process = build()', 'process.run()'))).toEqual([])
  })
})

describe('our sources', () => {
  const sources = readSources('src')
  const tests = readSources('test')

  test('no file is longer than 300 lines', () => {
    expect([...sources, ...tests].flatMap(findLongFiles)).toEqual([])
  })

  test('no function is longer than 60 lines', () => {
    expect(sources.flatMap(findLongFunctions)).toEqual([])
  })

  test('there is no any, no exclamation mark and no assertion without a reason', () => {
    expect(sources.flatMap(findUnsafeTypes)).toEqual([])
  })

  test('no name is vague', () => {
    expect([...sources, ...tests].flatMap(findVagueNames)).toEqual([])
  })

  test('process stands only in src/cli.ts', () => {
    const others = sources.filter(({ path }) => path !== 'src/cli.ts')
    expect(others.flatMap(findProcess)).toEqual([])
  })
})
