import { describe, expect, it } from 'vitest'
import type { Operation } from '../../src/ir.js'
import {
  camelCase,
  distinctNames,
  fileName,
  operationNames,
  parameterKeys,
  pascalCase,
  statedName,
} from '../../src/names.js'

function operation(method: string, path: string, operationId?: string): Operation {
  return {
    ...(operationId === undefined ? {} : { operationId }),
    method,
    path,
    segments: [],
    tags: [],
    docs: {},
    parameters: [],
    replies: [],
    security: [],
    extensions: {},
    place: { file: 'api.json' },
  }
}

describe('identifiers', () => {
  it.each([
    ['meta/root', 'metaRoot'],
    ['admin-api-keys-list', 'adminApiKeysList'],
    ['createChatCompletion', 'createChatCompletion'],
    ['GetUser', 'getUser'],
    ['HTTPGet', 'httpGet'],
    ['ID', 'id'],
    ['sse_items_items_stream_get', 'sseItemsItemsStreamGet'],
    ['delete', 'delete_'],
    ['exports', 'exports_'],
    ['get', 'get'],
    ['2fa.enable', '_2faEnable'],
    ['größe', 'größe'],
    ['gro\u0308ße', 'größe'],
    ['a\u202eb', 'aB'],
    ['🙂', 'fallback'],
    ['İx', 'İx'],
    ["x'); process.exit(1); ('", 'xProcessExit1'],
  ])('%j becomes the function name %s', (text, expected) => {
    expect(camelCase(text, 'fallback')).toBe(expected)
  })

  it.each([
    ['user.created-event', 'UserCreatedEvent'],
    ['v1alpha1ApplicationTree', 'V1alpha1ApplicationTree'],
    ['HTTPValidationError', 'HTTPValidationError'],
    ['__proto__', 'Proto'],
    ['any', 'Any'],
    ['!!!', 'Schema'],
    // Capitals that came with Unicode 16, after the letters: no compiler takes them for such yet.
    ['ɤ', 'ɤ'],
    ['ƛ ɤb', 'ƛɤb'],
    // Capitals that are two letters, or a letter and a mark.
    ['ßx', 'SSx'],
    ['ŉx', 'ŉx'],
    ['ǰx', 'ǰx'],
  ])('%j becomes the type name %s', (text, expected) => {
    expect(pascalCase(text, 'Schema')).toBe(expected)
  })

  it.each([
    ['Chat Completions', 'chat-completions'],
    ['chatCompletions', 'chat-completions'],
    ['../../etc/passwd', 'etc-passwd'],
    ['CON', 'con-endpoints'],
    ['Überwachung', 'uberwachung'],
    ['日本', 'default'],
    ['a'.repeat(300), 'a'.repeat(80)],
  ])('%j becomes the file name %s', (text, expected) => {
    expect(fileName(text, 'default')).toBe(expected)
  })
})

describe('a name that the user states', () => {
  it.each([
    ['getJob', 'getJob'],
    ['$get_job2', '$get_job2'],
    ['a(){};globalThis.PWNED=1;function b', 'aGlobalThisPWNED1FunctionB'],
    ['delete', 'delete_'],
    ['a-b', 'aB'],
    ['1', '_1'],
    ['*/', 'own'],
  ])('%s becomes %s', (text, name) => {
    expect(statedName(text, 'own')).toBe(name)
  })
})

describe('names that collide', () => {
  it('get numbers by key and not by order', () => {
    const one = { key: 'b', wanted: 'User', exact: false }
    const other = { key: 'a', wanted: 'User', exact: false }
    const forwards = distinctNames([one, other], new Set())
    const backwards = distinctNames([other, one], new Set())
    expect([...forwards].sort()).toEqual([
      ['a', 'User'],
      ['b', 'User2'],
    ])
    expect([...backwards].sort()).toEqual([...forwards].sort())
  })

  it("leave the author's own spelling where it is", () => {
    const names = distinctNames(
      [
        { key: 'a', wanted: 'UserEvent', exact: false },
        { key: 'b', wanted: 'UserEvent', exact: true },
      ],
      new Set(),
    )
    expect(names.get('b')).toBe('UserEvent')
    expect(names.get('a')).toBe('UserEvent2')
  })

  it('never take a name that another wants', () => {
    const names = distinctNames(
      [
        { key: 'a', wanted: 'X', exact: true },
        { key: 'b', wanted: 'X', exact: false },
        { key: 'c', wanted: 'X2', exact: true },
      ],
      new Set(),
    )
    expect(new Set(names.values())).toEqual(new Set(['X', 'X2', 'X3']))
    expect(names.get('c')).toBe('X2')
  })

  it('are given to 20,000 that want the same within seconds of CPU', () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => String(index).padStart(5, '0'))
    const start = process.cpuUsage().user
    const names = distinctNames(
      keys.map((key) => ({ key, wanted: 'a', exact: false })),
      new Set(),
    )
    expect([names.get('00000'), names.get('00001'), names.get('19999')]).toEqual(['a', 'a2', 'a20000'])
    const same = keys.map((key) => operation('GET', `/${key}`, 'same'))
    expect(operationNames(same).get('/19999 GET')).toBe('sameGet19999')
    // Without what is remembered it takes minutes.
    expect(process.cpuUsage().user - start).toBeLessThan(5_000_000)
  })

  it('never take a name that is taken', () => {
    expect(distinctNames([{ key: 'a', wanted: 'Blob', exact: true }], new Set(['Blob'])).get('a')).toBe('Blob2')
  })
})

describe('operations', () => {
  it('without an operationId are named by method and path', () => {
    const names = operationNames([
      operation('GET', '/users/{userId}/events'),
      operation('POST', '/'),
      operation('GET', '/a.b'),
    ])
    expect([...names.values()].sort()).toEqual(['getAB', 'getUsersByUserIdEvents', 'post'])
  })

  it('with one operationId get distinct names that do not depend on their order', () => {
    const one = operation('GET', '/a', 'list')
    const other = operation('GET', '/b', 'list')
    expect([...operationNames([one, other])]).toEqual([
      ['/a GET', 'list'],
      ['/b GET', 'listGetB'],
    ])
    expect(operationNames([other, one]).get('/a GET')).toBe('list')
    expect(operationNames([other, one]).get('/b GET')).toBe('listGetB')
  })
})

describe('parameters of one flat object', () => {
  it('keep their names', () => {
    expect(
      parameterKeys(
        [
          { name: 'run_id', in: 'path' },
          { name: 'X-Trace', in: 'header' },
        ],
        ['body'],
      ),
    ).toEqual(['run_id', 'X-Trace'])
  })

  it('that collide all get their location behind them', () => {
    const parameters = [
      { name: 'id', in: 'query' },
      { name: 'id', in: 'path' },
      { name: 'body', in: 'query' },
    ]
    expect(parameterKeys(parameters, ['body'])).toEqual(['idQuery', 'idPath', 'bodyQuery'])
  })

  it('stay apart from a name that looks like a location already', () => {
    const parameters = [
      { name: 'id', in: 'query' },
      { name: 'id', in: 'path' },
      { name: 'idQuery', in: 'query' },
    ]
    expect(new Set(parameterKeys(parameters, [])).size).toBe(3)
  })
})
