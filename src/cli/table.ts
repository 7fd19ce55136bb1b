/** What `inspect` prints for people. */
import type { InspectedOperation, InspectReport } from '../inspect.js'
import { plural } from './summary.js'

const HEAD = ['METHOD', 'PATH', 'KINDS', 'FUNCTIONS', 'SELECTOR']

/** One aligned row for each operation and a last line with the sums. */
export function inspectTable({ operations }: InspectReport): string[] {
  const rows = [HEAD, ...operations.map(rowOf)]
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [...lines, '', sumOf(operations)]
}

function rowOf({ method, path, kinds, functions, selector }: InspectedOperation): string[] {
  const names = functions.map((name) => name ?? '-').join(', ')
  const choice = selector === undefined ? '' : `${selector.in} ${selector.name} = ${JSON.stringify(selector.value)}`
  return [method, path, kinds.join(', ') || '-', names || '-', choice]
}

function sumOf(operations: readonly InspectedOperation[]): string {
  const counts = new Map<string, number>()
  for (const { kinds } of operations) for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const sums = [...counts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([kind, number]) => `${number} ${kind}`)
  return [plural(operations.length, 'operation'), sums.join(', ')].filter((part) => part !== '').join(': ')
}
