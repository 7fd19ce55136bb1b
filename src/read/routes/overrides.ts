/** `operations` of the config file, for routes: what a route file says itself is corrected there. */
import { InputError } from '../../diagnostics.js'
import type { Operation, Override } from '../../ir.js'
import type { OverrideConfig } from '../openapi/overrides.js'

export type OverrideConfigs = Readonly<Record<string, OverrideConfig>>

export interface Overridden {
  readonly operations: readonly Operation[]
  /** Those that name no route. */
  readonly others: OverrideConfigs
}

/** Takes those that name a route by `METHOD path`. @throws InputError for a member that belongs into the route file. */
export function overrideRoutes(operations: readonly Operation[], configs: OverrideConfigs): Overridden {
  const used = new Set<string>()
  const overridden = operations.map((operation): Operation => {
    const key = `${operation.method} ${operation.path}`
    const config = Object.hasOwn(configs, key) ? configs[key] : undefined
    if (config === undefined || operation.override === undefined) return operation
    used.add(key)
    return { ...operation, override: apply(operation.override, { key, config }) }
  })
  return {
    operations: overridden,
    others: Object.fromEntries(Object.entries(configs).filter(([key]) => !used.has(key))),
  }
}

function apply(
  override: Override,
  { key, config }: { readonly key: string; readonly config: OverrideConfig },
): Override {
  const { name, skip, ...others } = config
  const [member] = Object.keys(others)
  if (member !== undefined) {
    throw new InputError({
      code: 'override',
      message: `the config file states "${member}" of ${key}, which comes from a route file`,
      place: override.place,
      hint: 'state it there by an annotation: @stream, @event, @done; the config file can state "name" and "skip"',
    })
  }
  return { ...override, ...(name === undefined ? {} : { name }), ...(skip === undefined ? {} : { skip }) }
}

/** @throws InputError for the first one: a name that nothing has is a mistake. */
export function refuseUnused(others: OverrideConfigs, { file }: { readonly file: string }): void {
  const [key] = Object.keys(others)
  if (key === undefined) return
  throw new InputError({
    code: 'override-unused',
    message: `the config file states something of "${key}", and there is no such route`,
    place: { file },
    hint: 'name it by method and path, with {name} for each parameter: "GET /jobs/{id}/events"',
  })
}
