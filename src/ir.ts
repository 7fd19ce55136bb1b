/**
 * The intermediate representation: what every reader yields and every emitter takes. Types only, plain data only
 * (`TypeTable` excepted, which reads declarations when they are asked for).
 */
export type * from './ir/answer.js'
export type * from './ir/endpoint.js'
export type * from './ir/json.js'
export type * from './ir/kind.js'
export type * from './ir/operation.js'
export type * from './ir/type.js'
