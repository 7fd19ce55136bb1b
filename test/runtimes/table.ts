import { readFile, writeFile } from 'node:fs/promises'

export interface Row {
  readonly name: string
  readonly version: string
  readonly passed: number
  readonly all: number
}

/** The table of the README, in Markdown. */
export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(({ name, version, passed, all }) => `| ${name} | ${version} | ${passed} of ${all} |`)
  return ['| runtime | version | checks passed |', '|---|---|---|', ...lines, ''].join('\n')
}

const start = '<!-- written by npm run test:runtimes -->\n'
const end = '<!-- end -->\n'

/** Puts the table into the file between its two marks. */
export async function putTable(table: string, file: URL): Promise<void> {
  const text = await readFile(file, 'utf8')
  const from = text.indexOf(start)
  const to = text.indexOf(end, from)
  if (from < 0 || to < 0) throw new Error(`no place for the table in ${file}`)
  await writeFile(file, text.slice(0, from + start.length) + table + text.slice(to))
}
