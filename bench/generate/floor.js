/** What no generator can do without: reads a file, parses it and writes as many bytes. */
import { readFileSync, writeFileSync } from 'node:fs'

const [, , input, output] = process.argv
const text = readFileSync(input, 'utf8')
JSON.parse(text)
writeFileSync(output, text)
