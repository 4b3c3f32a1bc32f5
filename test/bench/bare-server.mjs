// Bare Fastify routes that answer JSON as big as the product's answers: node bare-server.mjs <file with a JSON object>
import { readFile } from 'node:fs/promises'
import Fastify from 'fastify'

const answers = JSON.parse(await readFile(process.argv[2], 'utf8'))
const app = Fastify()
for (const [name, answer] of Object.entries(answers)) app.get(`/${name}`, async () => answer)
await app.listen({ port: 0, host: 'localhost' })
process.stdout.write(`port ${app.server.address().port}\n`)
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)))
