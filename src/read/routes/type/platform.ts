/** Types of the language and of the platform: what JSON makes of them, and which of them are no data at all. */
import { ts } from '../compiler.js'

/** What becomes of a type of the platform. */
export type PlatformView =
  | 'date'
  | 'string'
  | 'number'
  | 'boolean'
  /** A function, or what JSON leaves out as it does functions. */
  | 'nothing'
  | 'unknown'
  /** `JSON.stringify` gives `{}`, whatever it holds. */
  | 'empty'
  /** `JSON.stringify` gives an object with a number under each index. */
  | 'numbers'
  /** It has to be awaited or read first. */
  | 'handle'

const VIEWS: Readonly<Record<string, PlatformView>> = {
  Date: 'date',
  String: 'string',
  Number: 'number',
  Boolean: 'boolean',
  Function: 'nothing',
  CallableFunction: 'nothing',
  NewableFunction: 'nothing',
  Symbol: 'nothing',
  Object: 'unknown',
  Map: 'empty',
  ReadonlyMap: 'empty',
  WeakMap: 'empty',
  Set: 'empty',
  ReadonlySet: 'empty',
  WeakSet: 'empty',
  RegExp: 'empty',
  ArrayBuffer: 'empty',
  SharedArrayBuffer: 'empty',
}
const NUMBERS = /^(Uint8|Uint8Clamped|Uint16|Uint32|Int8|Int16|Int32|Float16|Float32|Float64)Array$/
const ERROR = /^(\w+)?Error$/

/**
 * The view of a type that the platform declares as an interface or a class; `undefined` for every other type, for records
 * of the platform, and for the forms that the language computes (`Partial`, `Record`).
 */
export function platformView(type: ts.Type, program: ts.Program): PlatformView | undefined {
  const { symbol } = type
  if (symbol === undefined || (symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class)) === 0) return undefined
  if (symbol.declarations?.every((one) => isPlatform(one, program)) !== true) return undefined
  const view = Object.hasOwn(VIEWS, symbol.name) ? VIEWS[symbol.name] : undefined
  if (view !== undefined) return view
  if (NUMBERS.test(symbol.name)) return 'numbers'
  if (ERROR.test(symbol.name)) return 'empty'
  return isRecord(type, program) ? undefined : 'handle'
}

/** Fields and nothing else, as `NodeJS.MemoryUsage` and `PromiseFulfilledResult` are: no class, no methods. */
function isRecord(type: ts.Type, program: ts.Program): boolean {
  const checker = program.getTypeChecker()
  const fields = checker.getPropertiesOfType(type)
  const isObject = (type.symbol.flags & ts.SymbolFlags.Value) === 0 && type.getCallSignatures().length === 0
  return isObject && fields.length > 0 && fields.every((field) => (field.flags & ts.SymbolFlags.Method) === 0)
}

/** Declared by the language, the DOM or Node. */
export function isPlatform(node: ts.Node, program: ts.Program): boolean {
  const source = node.getSourceFile()
  return program.isSourceFileDefaultLibrary(source) || source.fileName.includes('/node_modules/@types/node/')
}

/** In a package: its names are not the author's. */
export function isForeign(node: ts.Node): boolean {
  return node.getSourceFile().fileName.includes('/node_modules/')
}

/** Names that the client's own platform has; a type of such a name would hide it. */
export const GLOBAL_NAMES: ReadonlySet<string> = new Set(
  `AbortController AbortSignal Array ArrayBuffer AsyncGenerator AsyncIterable AsyncIterator Awaited BigInt Blob Boolean
  BroadcastChannel Buffer ByteString Cache Capitalize CloseEvent Comment CustomEvent DataView Date Document Element Error
  ErrorEvent Event EventSource EventTarget Exclude Extract File FileList FileReader FormData Function Generator Headers
  History Image Infinity InstanceType Int8Array Intl Iterable Iterator JSON Location Lock Map Math MediaStream
  MessageChannel MessageEvent MessagePort NaN Navigator Node NonNullable Notification Number Object Omit Option Parameters
  Partial Performance Pick Promise ProgressEvent Proxy Range ReadableStream Readonly ReadonlyArray
  Record Reflect RegExp Request Required Response ReturnType Screen Selection Set SharedArrayBuffer Storage String Symbol
  Text TextDecoder TextEncoder Touch TransformStream Uint8Array URL URLSearchParams WeakMap WeakSet WebSocket Window Worker
  WritableStream globalThis`.split(/\s+/),
)
