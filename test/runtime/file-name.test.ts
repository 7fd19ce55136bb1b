import { describe, expect, it } from 'vitest'
import { fileName } from '../../src/runtime/file-name.js'

const latin1 = (text: string): string => Buffer.from(text).toString('latin1')

describe('the file name of Content-Disposition', () => {
  it.each([
    ['attachment; filename=a.txt', 'a.txt'],
    ['ATTACHMENT; FileName="a b.txt"', 'a b.txt'],
    ['foo;filename="a;b.txt"', 'a;b.txt'],
    ['attachment; filename="a\\"b\\\\c.txt"', 'c.txt'],
    ['attachment; filename = "a.txt" ; size=1', 'a.txt'],
    ["attachment; filename=a.txt; filename*=UTF-8''%e2%82%ac.txt", '€.txt'],
    ["attachment; filename*=utf-8'en'%c3%a9.txt; filename=a.txt", 'é.txt'],
    ["attachment; filename*=UTF-8''%ff; filename=a.txt", 'a.txt'],
    ["attachment; filename*=koi8-r''a.txt; filename=b.txt", 'b.txt'],
    ['attachment; filename="x; filename*=UTF-8\'\'evil"', "x; filename_=UTF-8''evil"],
    ['attachment; filename=a.txt; filename=b.txt', 'a.txt'],
    ['attachment; filename=a%20b.txt', 'a%20b.txt'],
    [`attachment; filename="${latin1('é€.txt')}"`, 'é€.txt'],
    ['attachment; filename="\xe9.txt"', 'é.txt'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['attachment; filename="C:\\\\dir\\\\a.txt"', 'a.txt'],
    ["attachment; filename*=UTF-8''..%2f..%5ca.txt", 'a.txt'],
    ["attachment; filename*=UTF-8''a%00%0d%e2%80%aeb.txt", 'ab.txt'],
    ['attachment; filename=".htaccess"', 'htaccess'],
    ['attachment; filename="a.txt. ."', 'a.txt'],
    ['attachment; filename="con.txt"', '_con.txt'],
    ['attachment; filename="COM1"', '_COM1'],
    ['attachment; filename="a:b|c?.txt"', 'a_b_c_.txt'],
    ['attachment; filename=".."', undefined],
    ['attachment; filename="."', undefined],
    ['attachment; filename=""', undefined],
    ['attachment; filename="a/"', undefined],
    ['attachment', undefined],
    ['inline; name=x', undefined],
    ['', undefined],
  ])('%s is %s', (header, name) => {
    expect(fileName(header)).toBe(name)
  })
  it('has at most 255 bytes and keeps its extension', () => {
    const name = fileName(`attachment; filename*=UTF-8''${'%e2%82%ac'.repeat(300)}.pdf`) ?? ''
    expect(name).toBe(`${'€'.repeat(83)}.pdf`)
  })
})
