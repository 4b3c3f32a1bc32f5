import { findProgram } from '../../scripts/find-program.mjs'

/**
 * A program that the test set-up installs where it can (`turnserver`, `ffmpeg`, `ffprobe`; `openssl` is part of Debian). Undefined when it is
 * missing: the tests that need it are skipped, and this says why.
 */
export function debianProgram(name: 'turnserver' | 'ffmpeg' | 'ffprobe' | 'openssl'): string | undefined {
  const path = findProgram(name)
  if (path === undefined) process.stderr.write(`Skipped: ${name} is not installed on this machine.\n`)
  return path
}
