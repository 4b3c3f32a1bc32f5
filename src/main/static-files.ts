import { readFile } from 'node:fs/promises'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { setAssets } from '../ui/assets'
import { inProject } from './project-folder'

const manifestSchema = z.record(z.string(), z.string())

/** Serves style sheets, fonts and islands; their names carry a hash, so a browser may keep them for a year. */
export async function serveStaticFiles(app: FastifyInstance): Promise<void> {
  const root = inProject('dist', 'static')
  const manifest = manifestSchema.parse(JSON.parse(await readFile(`${root}/manifest.json`, 'utf8')))
  setAssets(manifest)
  await app.register(fastifyStatic, {
    root,
    prefix: '/static/',
    index: false,
    immutable: true,
    maxAge: '365d',
    preCompressed: true,
    decorateReply: false,
  })
}
