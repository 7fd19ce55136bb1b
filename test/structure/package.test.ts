import { describe, expect, test } from 'vitest'
import { readText } from './sources.js'

const manifest: unknown = JSON.parse(readText('package.json'))
const lock: unknown = JSON.parse(readText('package-lock.json'))

/** The members of the object that a member of a JSON object is. */
function membersOf(value: unknown, name: string): [string, unknown][] {
  const member: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  return typeof member === 'object' && member !== null ? Object.entries(member) : []
}

describe('package.json', () => {
  test('pins every dependency to one version', () => {
    const all = [...membersOf(manifest, 'dependencies'), ...membersOf(manifest, 'devDependencies')]
    expect(all.length).toBeGreaterThan(10)
    const loose = all.filter(([, version]) => !/^(npm:[\w@/.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)))
    expect(loose).toEqual([])
  })
})

describe('package-lock.json', () => {
  test('names no host, so that it installs from whatever registry the user has', () => {
    const packages = membersOf(lock, 'packages')
    expect(packages.length).toBeGreaterThan(50)
    const hosted = packages.filter(([, entry]) => membersOf({ entry }, 'entry').some(([key]) => key === 'resolved'))
    expect(hosted.map(([name]) => name)).toEqual([])
  })

  test('has a checksum for every package but those that only other systems install', () => {
    const unchecked = membersOf(lock, 'packages')
      .map(([name, entry]) => ({ name, keys: membersOf({ entry }, 'entry').map(([key]) => key) }))
      .filter(({ name, keys }) => name !== '' && !keys.includes('integrity'))
    expect(unchecked.filter(({ keys }) => !keys.includes('optional') || !keys.includes('os'))).toEqual([])
  })
})
