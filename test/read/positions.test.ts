import { describe, expect, test } from 'vitest'
import { load } from './loading.js'

async function positionsOf(file: string, text: string, pointers: readonly string[]): Promise<unknown[]> {
  const { sources } = await load({ [file]: text })
  return pointers.map((pointer) => {
    const position = sources.position({ file, pointer })
    return position && `${position.line}:${position.column}`
  })
}

describe('lines and columns', () => {
  test('of JSON are those of the key, and of an item those of its first character', async () => {
    const text = '{\n  "openapi": "3.1.0", "paths": {\n    "/a\\u002fb": [1,\n      {"~": true}]}}'
    const pointers = [
      '',
      '/openapi',
      '/paths',
      '/paths/~1a~1b',
      '/paths/~1a~1b/0',
      '/paths/~1a~1b/1',
      '/paths/~1a~1b/1/~0',
    ]
    expect(await positionsOf('api.json', text, pointers)).toEqual(['1:1', '2:3', '2:23', '3:5', '3:19', '4:7', '4:8'])
  })

  test('of YAML are the same', async () => {
    const text = 'openapi: 3.1.0\npaths:\n  "/a/b":\n    - 1\n    - ~: "x"\n      k:\n    - "q"\n'
    const pointers = [
      '',
      '/openapi',
      '/paths',
      '/paths/~1a~1b',
      '/paths/~1a~1b/0',
      '/paths/~1a~1b/1/k',
      '/paths/~1a~1b/2',
    ]
    expect(await positionsOf('api.yaml', text, pointers)).toEqual(['1:1', '1:1', '2:1', '3:3', '4:7', '6:7', '7:7'])
  })

  test('of what an alias repeats are those of the original', async () => {
    const text = 'openapi: 3.1.0\npaths: {}\nx-a: &a\n  b: 1\nx-c: *a\n'
    expect(await positionsOf('api.yaml', text, ['/x-c', '/x-c/b'])).toEqual(['5:1', '4:3'])
  })

  test('of what is not there are those of the nearest ancestor', async () => {
    const text = 'openapi: 3.1.0\npaths:\n  /a:\n    get: {}\n'
    expect(await positionsOf('api.yaml', text, ['/paths/~1a/get/responses/200', '/paths/~1b'])).toEqual(['4:5', '2:1'])
  })

  test('of a file that was not read are unknown', async () => {
    const { sources } = await load({ 'api.yaml': 'openapi: 3.1.0\npaths: {}\n' })
    expect(sources.position({ file: 'other.yaml', pointer: '' })).toBeUndefined()
    expect(sources.position({ file: 'other.yaml', line: 3 })).toEqual({ line: 3, column: 1 })
  })
})
