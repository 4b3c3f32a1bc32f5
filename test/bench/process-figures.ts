import { readdirSync, readFileSync } from 'node:fs'

const ticksPerSecond = 100
const pageBytes = 4096

/** CPU seconds a process has used so far, its threads included. */
export function cpuSeconds(pid: number): number {
  const fields = statFields(pid)
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

/** CPU seconds of a process and all that descend from it, ended children included. */
export function cpuSecondsOfTree(pid: number): number {
  return sumOfTree(
    pid,
    (fields) => [11, 12, 13, 14].reduce((total, index) => total + Number(fields[index]), 0) / ticksPerSecond,
  )
}

/** Memory in MB that a process and all that descend from it hold; what they share counts for each. */
export function residentMegabytesOfTree(pid: number): number {
  return sumOfTree(pid, (fields) => (Number(fields[21]) * pageBytes) / 1024 / 1024)
}

function sumOfTree(pid: number, valueOf: (statFields: string[]) => number): number {
  const parents = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const fields = statFieldsIfAlive(Number(name))
    if (!fields) continue
    const parent = Number(fields[1])
    parents.set(parent, [...(parents.get(parent) ?? []), Number(name)])
  }
  const sum = (one: number): number => {
    const fields = statFieldsIfAlive(one)
    if (!fields) return 0
    return valueOf(fields) + (parents.get(one) ?? []).map(sum).reduce((all, value) => all + value, 0)
  }
  return sum(pid)
}

/** Resident memory in MB: now, and the most there ever was. */
export function residentMegabytes(pid: number): { now: number; most: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const megabytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / 1024
  return { now: megabytes('VmRSS'), most: megabytes('VmHWM') }
}

function statFieldsIfAlive(pid: number): string[] | undefined {
  try {
    return statFields(pid)
  } catch {
    return undefined
  }
}

/** Fields of /proc/<pid>/stat after the command's name, which may hold spaces. */
function statFields(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}
