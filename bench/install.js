/** Installs what is measured beside our own, where it is not there yet: the project itself does without it. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))
if (!existsSync(new URL('node_modules/.package-lock.json', import.meta.url))) {
  // `npm` is a script of the shell on Windows. Nothing from outside is in this line.
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit', shell: true })
}
