import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Bench, BenchRun } from './bench-run'
import { median } from './figure'
import { createClient, load } from './load'
import { cpuSeconds, cpuSecondsOfTree } from './process-figures'
import { startProgram } from './product-process'

const inFlight = 16
const rounds = 5
const warmUp = 2000
const requestsPerRound = { json: 10_000, page: 4000 }
type Kind = keyof typeof requestsPerRound

/** Offered times as JSON and as page against bare Fastify routes that answer as many bytes, per CPU second. */
export const offerBench: Bench = async (run) => {
  const product = await run.server()
  const paths = await offerPaths(product.port)
  const bare = await startBare(run, product.port, paths)
  try {
    const productCpu = () => cpuSeconds(product.pid) + cpuSecondsOfTree(run.postmasterPid)
    const bareCpu = () => cpuSeconds(bare.pid)
    const kinds = Object.keys(requestsPerRound) as Kind[]

    for (const kind of kinds) {
      await load(product.port, pick(paths[kind]), { total: warmUp, inFlight })
      await load(bare.port, () => `/${kind}`, { total: warmUp, inFlight })
    }
    const measured = { json: measurements(), page: measurements() }
    for (let round = 0; round < rounds; round++)
      for (const kind of kinds) {
        const size = { total: requestsPerRound[kind], inFlight }
        measured[kind].product.push(await perCpuSecond(productCpu, product.port, pick(paths[kind]), size))
        measured[kind].bare.push(await perCpuSecond(bareCpu, bare.port, () => `/${kind}`, size))
      }

    const figures = kinds.map((kind) => {
      const [ours, bareRoute] = [median(measured[kind].product), median(measured[kind].bare)]
      run.note(
        `${kind}: ${ours.toFixed(0)} requests per CPU second, bare Fastify route ${bareRoute.toFixed(0)}`,
      )
      return ours / bareRoute
    })
    const [json = NaN, page = NaN] = figures
    return [
      { name: 'offer.json.ratio', value: json, unit: '', goal: { least: 0.5 } },
      { name: 'offer.page.ratio', value: page, unit: '', goal: { least: 0.2 } },
    ]
  } finally {
    await bare.stop()
  }
}

const measurements = () => ({ product: [] as number[], bare: [] as number[] })

const pick = (paths: readonly string[]) => (index: number) => paths[index % paths.length] ?? '/'

async function perCpuSecond(
  cpu: () => number,
  port: number,
  pathOf: (index: number) => string,
  size: { total: number; inFlight: number },
): Promise<number> {
  const before = cpu()
  const { requests } = await load(port, pathOf, size)
  return requests / (cpu() - before)
}

/** Addresses of every topic at every branch. */
async function offerPaths(port: number): Promise<Record<Kind, string[]>> {
  const client = createClient(port, 1)
  const read = async <T>(path: string) => JSON.parse((await client.send(path)).body) as T
  const { branches } = await read<{ branches: { code: string }[] }>('/api/v1/branches')
  const { topics } = await read<{ topics: { code: string }[] }>('/api/v1/topics')
  client.close()
  const pairs = topics.flatMap((topic) => branches.map((branch) => [topic.code, branch.code] as const))
  return {
    json: pairs.map(([topic, branch]) => `/api/v1/times?branch=${branch}&topic=${topic}`),
    page: pairs.map(([topic, branch]) => `/termin?temat=${topic}&oddzial=${branch}`),
  }
}

/** A bare server that answers what the product answers for one branch and topic: the same JSON, and the page in one. */
async function startBare(run: BenchRun, productPort: number, paths: Record<Kind, string[]>) {
  const client = createClient(productPort, 1)
  const [json, page] = await Promise.all([paths.json, paths.page].map((all) => client.send(pick(all)(0))))
  client.close()
  if (json?.status !== 200 || page?.status !== 200) throw new Error('The product does not answer its times')
  const folder = run.dataFolder('bare')
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'answers.json')
  await writeFile(file, `{"json":${json.body},"page":${JSON.stringify({ page: page.body })}}`)
  const { pid, line, stop } = await startProgram(['test/bench/bare-server.mjs', file], /^port \d+$/, {})
  run.note(`${json.body.length} bytes of JSON, a page of ${page.body.length} bytes, uncompressed`)
  return { pid, stop, port: Number(line.replace('port ', '')) }
}
