import { spawn } from 'node:child_process'

/**
 * Runs a program to its end. Shown: its words go to the terminal; else they are returned.
 * @returns {Promise<{ code: number | null, output: string, missing: boolean }>} `missing`: no such program
 */
export function run(program, args, { cwd, env = process.env, show = false } = {}) {
  return new Promise((resolve) => {
    let output = ''
    const stdio = show ? 'inherit' : ['ignore', 'pipe', 'pipe']
    const child = spawn(program, args, { cwd, env, stdio, windowsHide: true })
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text) => (output += text))
    child.on('error', (error) =>
      resolve({ code: null, output: error.message, missing: error.code === 'ENOENT' }),
    )
    child.on('close', (code) => resolve({ code, output, missing: false }))
  })
}

/** The end of what a program said, to stand below a sentence; nothing if it said nothing. */
export function lastLines(output, count = 8) {
  const lines = output.trim().split('\n').filter(Boolean).slice(-count)
  return lines.map((line) => `\n  ${line}`).join('')
}
