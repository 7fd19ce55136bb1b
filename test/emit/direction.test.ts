import { describe, expect, test } from 'vitest'
import { reachable, splitByDirection } from '../../src/emit/direction.js'
import type { Type, TypeTable } from '../../src/ir.js'

const ref = (id: string): Type => ({ kind: 'ref', id })

function object(...types: readonly Type[]): Type {
  return { kind: 'object', fields: types.map((type, index) => ({ name: `f${index}`, type, optional: true })) }
}

const oneWay: Type = {
  kind: 'object',
  fields: [{ name: 'id', type: { kind: 'string' }, optional: true, access: 'readOnly' }],
}

function tableOf(types: { readonly [id: string]: Type }): TypeTable {
  return {
    get(id) {
      const type = types[id]
      if (type === undefined) throw new Error(`no ${id}`)
      return { id, name: id, type, place: { file: 'x' } }
    },
  }
}

describe('what is needed', () => {
  test('is found through every kind of type, once, and sorted', () => {
    const table = tableOf({
      a: { kind: 'union', members: [ref('d'), ref('b')] },
      b: { kind: 'array', items: ref('a') },
      c: { kind: 'tuple', items: [ref('a')], required: 1, rest: ref('e') },
      d: { kind: 'intersection', members: [object(ref('d'))] },
      e: { kind: 'object', fields: [], rest: ref('c') },
      f: { kind: 'string' },
    })
    expect(reachable([ref('c')], table)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  test('is not what stands in an embedded text, which is printed as string', () => {
    expect(reachable([{ kind: 'embedded', mediaType: 'application/json', type: ref('a') }], tableOf({}))).toEqual([])
  })

  test('is found at the end of a hundred thousand steps', () => {
    const count = 100_000
    const table: TypeTable = {
      get: (id) => ({
        id,
        name: id,
        type: Number(id) < count ? object(ref(String(Number(id) + 1))) : oneWay,
        place: { file: 'x' },
      }),
    }
    expect(reachable([ref('0')], table)).toHaveLength(count + 1)
    expect(splitByDirection(['0'], table).size).toBe(count + 1)
  })
})

describe('what differs by direction', () => {
  test('is what has a one-way field, and all that leads to it, also in a circle', () => {
    const table = tableOf({
      plain: object({ kind: 'string' }),
      direct: oneWay,
      user: object(ref('direct'), ref('plain')),
      circle: object(ref('back')),
      back: { kind: 'array', items: { kind: 'union', members: [ref('circle'), ref('user')] } },
    })
    expect([...splitByDirection(['circle', 'plain'], table)].sort()).toEqual(['back', 'circle', 'direct', 'user'])
  })

  test('is by octets what holds them', () => {
    const table = tableOf({ file: object({ kind: 'binary' }), user: object(ref('file')), other: oneWay })
    expect([...splitByDirection(['user', 'other'], table, 'octets')].sort()).toEqual(['file', 'user'])
    expect([...splitByDirection(['user', 'other'], table)]).toEqual(['other'])
  })
})
