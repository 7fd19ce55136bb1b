import { describe, expect, test } from 'vitest'
import { findMark, type Mark } from '../../src/outline.js'
import { markJson } from '../../src/read/openapi/marks-json.js'
import { outlineJson } from '../../src/read/openapi/outline-json.js'

const text = `
{ "paths" : { "/a\\/b~": { "get": {} } ,
    "e\\u0301\\"}" : [ 1 , "]", [ -2.5e3,null ], { "x" :true } ]},
  "empty": [ ], "none":{}, "last": "a \\\\" }
`

/** The text from the place of a pointer to the end of its line. */
function at(root: Mark, pointer: string): string | undefined {
  return text.slice(findMark(root, pointer).offset).split('\n')[0]
}

describe('a place in JSON', () => {
  test('is that of the key, or of the item', () => {
    const root = markJson(text)
    expect(at(root, '')).toBe(`{ "paths" : { "/a\\/b~": { "get": {} } ,`)
    expect(at(root, '/paths')).toBe(`"paths" : { "/a\\/b~": { "get": {} } ,`)
    expect(at(root, '/paths/~1a~1b~0/get')).toBe(`"get": {} } ,`)
    expect(at(root, '/paths/e\u0301"}/0')).toBe(`1 , "]", [ -2.5e3,null ], { "x" :true } ]},`)
    expect(at(root, '/paths/e\u0301"}/1')).toBe(`"]", [ -2.5e3,null ], { "x" :true } ]},`)
    expect(at(root, '/paths/e\u0301"}/2/1')).toBe(`null ], { "x" :true } ]},`)
    expect(at(root, '/paths/e\u0301"}/3/x')).toBe(`"x" :true } ]},`)
    expect(at(root, '/last')).toBe(`"last": "a \\\\" }`)
  })

  test('is found in any order of asking', () => {
    const root = markJson(text)
    expect(at(root, '/last')).toBe(`"last": "a \\\\" }`)
    expect(at(root, '/paths/e\u0301"}/2/0')).toBe(`-2.5e3,null ], { "x" :true } ]},`)
    expect(at(root, '/paths/~1a~1b~0')).toBe(`"/a\\/b~": { "get": {} } ,`)
    expect(at(root, '/last')).toBe(`"last": "a \\\\" }`)
  })

  test('is that of the nearest ancestor where there is no such value', () => {
    const root = markJson(text)
    expect(at(root, '/empty/0')).toBe(`"empty": [ ], "none":{}, "last": "a \\\\" }`)
    expect(at(root, '/none/x/y')).toBe(`"none":{}, "last": "a \\\\" }`)
    expect(at(root, '/last/0')).toBe(`"last": "a \\\\" }`)
    expect(at(root, '/nowhere')).toBe(at(root, ''))
    expect(findMark(markJson(' 7'), '/x').offset).toBe(1)
  })

  test('takes no longer for places from the outside in of a deep document', () => {
    const depth = 900
    const padding = ' '.repeat(8000)
    const deep = `${`{"a":${padding}`.repeat(depth)}"${'x'.repeat(1e6)}"${',"z":1}'.repeat(depth)}`
    const root = markJson(deep)
    const whole = outlineJson(deep).root
    const started = process.cpuUsage()
    for (let level = 0; level < depth; level++) {
      const pointer = `${'/a'.repeat(level)}/z`
      expect(findMark(root, pointer).offset).toBe(findMark(whole, pointer).offset)
    }
    expect(process.cpuUsage(started).user).toBeLessThan(1.5e6)
  })
})
