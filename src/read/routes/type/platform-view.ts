/** The views of types of the platform, as types. */
import { assertNever } from '../../../diagnostics.js'
import type { Type } from '../../../ir.js'
import type { ts } from '../compiler.js'
import type { PlatformView } from './platform.js'
import { refuse } from './refuse.js'
import type { At, TypeContext } from './walk.js'

export interface PlatformType {
  readonly type: ts.Type
  readonly view: PlatformView
}

/** @throws InputError for a type that has to be awaited or read before there is any data. */
export function viewPlatform({ type, view }: PlatformType, { at, context }: { at: At; context: TypeContext }): Type {
  switch (view) {
    case 'date':
    case 'string':
    case 'number':
    case 'boolean':
    case 'unknown':
      return { kind: view }
    case 'nothing':
      return { kind: 'undefined' }
    case 'empty':
      warn(type, { at, context, gives: '{}' })
      return { kind: 'object', fields: [] }
    case 'numbers':
      warn(type, { at, context, gives: 'an object with a number under each index' })
      return { kind: 'object', fields: [], rest: { kind: 'number' } }
    case 'handle':
      return refuseHandle(type, { at, context })
    default:
      return assertNever(view)
  }
}

interface Where {
  readonly at: At
  readonly context: TypeContext
}

function warn(type: ts.Type, { at, context, gives }: Where & { readonly gives: string }): void {
  context.places.warn(at.node, {
    code: 'type-lost-in-json',
    message: `JSON makes ${gives} of ${article(type)}`,
    hint: 'send an array, an object or a text made from it, and state that type',
  })
}

function refuseHandle(type: ts.Type, { at, context }: Where): never {
  const { name } = type.symbol
  const isPromise = name === 'Promise' || name === 'PromiseLike'
  return refuse(at, context, {
    what: `${article(type)}, which is no data`,
    hint: isPromise
      ? 'state what it resolves to: Awaited<T>'
      : 'state the type of one event by @event {T}: what is sent, and not what the handler returns',
  })
}

function article({ symbol: { name } }: ts.Type): string {
  return `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`
}
