import type { FastifyReply } from 'fastify'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'

/** A page as text, with its doctype. */
export const renderPage = (page: VNode): string => `<!doctype html>${renderToString(page)}`

/** Sends a page that belongs to one person: never kept by a browser or proxy. */
export function sendPage(reply: FastifyReply, page: VNode, status = 200): FastifyReply {
  return sendHtml(reply, renderPage(page), status)
}

/** Sends a page that is the same for everybody; the browser asks again each time, but may go back to it. */
export function sendPublicPage(reply: FastifyReply, page: VNode, status = 200): FastifyReply {
  return sendHtml(reply, renderPage(page), status, 'no-cache')
}

/** Sends HTML rendered before. */
export function sendHtml(
  reply: FastifyReply,
  html: string,
  status = 200,
  cacheControl = 'no-store',
): FastifyReply {
  return reply
    .code(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', cacheControl)
    .send(html)
}
