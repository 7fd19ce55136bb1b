/**
 * Reads the JSON report of vitest and prints one last line. Fails where a test failed, where none ran, and where one was
 * skipped although what it needs is there: only tests that read `../shared` may be skipped, and only where that is absent.
 */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const [file = ''] = process.argv.slice(2)
const text = readFileSync(file, 'utf8')
if (text === '') throw new Error('vitest wrote no report: it was ended before it could')

/** @type {{ success: boolean, testResults: { name: string, status: string, message: string, assertionResults: { status: string, fullName: string }[] }[] }} */
const report = JSON.parse(text)
const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults)
const passed = tests.filter(({ status }) => status === 'passed')
const failed = tests.filter(({ status }) => status === 'failed')
const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed')

for (const { name, status, message } of report.testResults)
  if (status === 'failed') console.log(`failed: ${name} ${message}`.trim())
for (const { fullName } of failed) console.log(`failed: ${fullName}`)
for (const { fullName } of skipped) console.log(`skipped: ${fullName}`)

const hasShared = existsSync(fileURLToPath(new URL('../../shared', import.meta.url)))
if (hasShared && skipped.length > 0) console.log('nothing may be skipped here: ../shared is present')
const isGood = report.success && passed.length > 0 && (skipped.length === 0 || !hasShared)
if (!isGood) process.exitCode = 1
console.log(`tests: ${passed.length} passed, ${failed.length} failed, ${skipped.length} skipped`)
