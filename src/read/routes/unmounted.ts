/** Warnings of paths that may be only the end of the real ones. */
import type { LocatedRoute } from './operation.js'
import type { Places } from './places.js'

interface Reading {
  readonly route: LocatedRoute
  readonly reading: { readonly places: Places }
}

/** One for each router of which no mount is found, and whose routes do not all state their whole path. */
export function warnUnmounted(routes: readonly Reading[]): void {
  const byNode = new Map<object, Reading[]>()
  for (const one of routes) {
    const { finding, isPathStated, omitted } = one.route
    if (finding.unmounted === undefined || isPathStated || omitted.length > 0) continue
    const { node } = finding.unmounted
    byNode.set(node, [...(byNode.get(node) ?? []), one])
  }
  for (const [first, ...others] of byNode.values()) {
    const unmounted = first?.route.finding.unmounted
    if (first === undefined || unmounted === undefined) continue
    const { method, path } = first.route
    const more = others.length === 0 ? '' : `, and as it those of ${others.length} more`
    first.reading.places.warn(unmounted.node, {
      code: 'route-unmounted',
      message: `${unmounted.because}: ${path.path} is taken for the whole path of ${method} ${path.path}${more}`,
      hint: 'state the whole path by @stream KIND METHOD /path, or what stands before all paths of the project by --prefix',
    })
  }
}
