import { expect, test } from 'vitest'
import { parsePostmasterFile } from './postmaster'

const running = `13928
/srv/dane/postgres/cluster
1795383141
36887

127.0.0.1
 10020162        18
ready   
`

test('the file of a running server tells its process, port, memory and that it is ready', () => {
  expect(parsePostmasterFile(running)).toEqual({
    pid: 13928,
    port: 36887,
    sharedMemoryId: 18,
    status: 'ready',
  })
})

test('a server that has written its first line only is starting', () => {
  expect(parsePostmasterFile('13928\n')).toEqual({ pid: 13928, status: 'starting' })
})

test('a server that is being stopped is not ready', () => {
  expect(parsePostmasterFile(running.replace('ready   ', 'stopping'))).toMatchObject({ status: 'stopping' })
})

test.each(['', '\n', 'nonsense\n', '-5\n', '0\n', '1.5\n'])('%j names no server', (text) => {
  expect(parsePostmasterFile(text)).toBeUndefined()
})
