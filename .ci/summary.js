/**
 * Reads JSON reports of vitest and prints one last line. Fails where a test failed, where none ran, and where one was
 * skipped although what it needs is there: only tests that read `../shared` may be skipped, and only where that is absent.
 */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** @typedef {{ success: boolean, testResults: { name: string, status: string, message: string, assertionResults: { status: string, fullName: string }[] }[] }} Report */

/** @param {string} file @returns {Report} */
function read(file) {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (text !== '') return JSON.parse(text)
  console.log(`failed: no report in ${file}: vitest was ended before it could write one`)
  return { success: false, testResults: [] }
}

const reports = process.argv.slice(2).map(read)
const results = reports.flatMap(({ testResults }) => testResults)
const tests = results.flatMap(({ assertionResults }) => assertionResults)
const passed = tests.filter(({ status }) => status === 'passed')
const failed = tests.filter(({ status }) => status === 'failed')
const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed')

for (const { name, status, message } of results)
  if (status === 'failed') console.log(`failed: ${name} ${message}`.trim())
for (const { fullName } of failed) console.log(`failed: ${fullName}`)
for (const { fullName } of skipped) console.log(`skipped: ${fullName}`)

const hasShared = existsSync(fileURLToPath(new URL('../../shared', import.meta.url)))
if (hasShared && skipped.length > 0) console.log('nothing may be skipped here: ../shared is present')
const isGood = reports.every(({ success }) => success) && passed.length > 0 && (skipped.length === 0 || !hasShared)
if (!isGood) process.exitCode = 1
console.log(`tests: ${passed.length} passed, ${failed.length} failed, ${skipped.length} skipped`)
