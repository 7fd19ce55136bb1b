/** What users must change in their code because an operation has other kinds than when the output was last written. */
import type { Problem } from '../diagnostics.js'
import type { Endpoint } from '../ir.js'
import type { Change } from './compare.js'

/** A generated function, as its file tells of it: the operation in its comment, and the kind in what it calls. */
interface WrittenFunction {
  readonly operation: string
  readonly open: string
  readonly name: string
}

const WRITTEN = /`([A-Z]+ [^`\n]*)`\n? \*\/\nexport function (\w+)[\s\S]*?\n {2}return (\w+)/g

/** Warns of each function that has a new name since the folder was written, for its operation has further kinds now, or fewer. */
export function warnOfRenamed(changes: readonly Change[], functions: ReadonlyMap<Endpoint, string>): Problem[] {
  const before = changes.flatMap((change) => ('before' in change ? read(new TextDecoder().decode(change.before)) : []))
  if (before.length === 0) return []
  const after = changes.flatMap((change) => ('text' in change ? read(change.text) : []))
  return before.flatMap((old): Problem[] => {
    const twins = after.filter(({ operation }) => operation === old.operation)
    const now = twins.find(({ open }) => open === old.open)
    const hasSameKinds = twins.length === before.filter(({ operation }) => operation === old.operation).length
    if (now === undefined || now.name === old.name || hasSameKinds) return []
    const [endpoint] = [...functions].find(([, name]) => name === now.name) ?? []
    return [
      {
        severity: 'warning',
        code: 'function-renamed',
        message: `${old.name} is called ${now.name} now, because the operation has other kinds of reply than before`,
        ...(endpoint && { place: endpoint.operation.place }),
        hint: 'call it by its new name, or set the names of the operation by "name" in the config file',
      },
    ]
  })
}

function read(text: string): WrittenFunction[] {
  return [...text.matchAll(WRITTEN)].map(([, summary = '', name = '', open = '']) => {
    return { operation: summary.replace(/ → .*/, ''), open, name }
  })
}
