import { describe, expect, it, vi } from 'vitest'
import { newBackOff } from '../../src/runtime/reconnect.js'

/** The delays of attempts in a row, with the least jitter or with the most. */
function delaysOf(options: Parameters<typeof newBackOff>[0], { jitter, retry }: { jitter: number; retry?: number }) {
  vi.spyOn(Math, 'random').mockReturnValue(jitter)
  const backOff = newBackOff(options)
  backOff.retry = retry
  const delays = Array.from({ length: 4 }, () => {
    backOff.attempts++
    return backOff.nextDelay()
  })
  vi.restoreAllMocks()
  return delays
}

describe('the back-off, alone', () => {
  it.each([
    ['without jitter', { jitter: 0 }, [100, 200, 400, 666]],
    ['with half as much again', { jitter: 1 }, [150, 300, 600, 1000]],
    ['from what the server asks for', { jitter: 0, retry: 300 }, [300, 600, 666, 666]],
    ['capped where the server asks for more', { jitter: 0, retry: 5000 }, [1000, 1000, 1000, 1000]],
    ['with a floor where it asks for none', { jitter: 0, retry: 0 }, [50, 100, 200, 400]],
  ])('grows %s', (_, how, expected) => {
    const delays = delaysOf({ minDelay: 100, maxDelay: 1000 }, how)
    expect(delays.map((delay) => delay && Math.floor(delay))).toEqual(expected)
  })
  it('ends after five attempts before the first connection, and never after it', () => {
    const backOff = newBackOff({ minDelay: 1, maxDelay: 1 })
    backOff.attempts = 5
    expect(backOff.nextDelay()).toBe(undefined)
    backOff.openedAt = performance.now()
    expect(backOff.nextDelay()).toBeGreaterThan(0)
    backOff.attempts = 1000
    expect(backOff.nextDelay()).toBeGreaterThan(0)
  })
  it('row 28: begins anew where the connection held for twice maxDelay, and not before', () => {
    const backOff = newBackOff({ minDelay: 10, maxDelay: 1000 })
    for (let attempt = 0; attempt < 3; attempt++) backOff.nextDelay()
    backOff.attempts = 3
    backOff.openedAt = performance.now() - 1900
    expect(backOff.nextDelay()).toBeGreaterThanOrEqual(80)
    expect(backOff.attempts).toBe(3)
    backOff.openedAt = performance.now() - 2100
    expect(backOff.nextDelay()).toBeLessThanOrEqual(15)
    expect(backOff.attempts).toBe(0)
  })
})
