/**
 * A Markdown table; columns that begin with a digit in every row are set to the right.
 *
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function table(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`
  const rule = head.map((_, column) => (rows.every((row) => /^(\d|$)/.test(row[column])) ? '---:' : '---'))
  return [line(head), `|${rule.join('|')}|`, ...rows.map(line)].join('\n')
}

/**
 * Whole numbers from ten on, two decimals around one.
 *
 * @param {number} value
 */
export function figure(value) {
  if (value >= 10) return Math.round(value).toString()
  return value >= 1.95 ? value.toFixed(1) : value.toFixed(2)
}
