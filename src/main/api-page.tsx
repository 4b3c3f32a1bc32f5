import { z } from 'zod'
import { Document } from '../ui/document'
import { Mark } from '../ui/mark'

const schemaObject = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  description: z.string().optional(),
})
const parameter = z.object({
  name: z.string(),
  in: z.string(),
  required: z.boolean().optional(),
  description: z.string().optional(),
  schema: schemaObject.optional(),
})
const content = z.record(z.string(), z.object({ schema: z.unknown() })).optional()
const operation = z.object({
  summary: z.string().optional(),
  description: z.string().optional(),
  parameters: z.array(parameter).optional(),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string().optional(), content })).optional(),
})
type Operation = z.infer<typeof operation>

interface ApiDocument {
  info: { title: string; description: string }
  paths: Record<string, Record<string, unknown>>
}

const json = (value: unknown) => JSON.stringify(value, null, 2)

/** The OpenAPI document for reading: each call with its parameters, body and answers. Needs no script. */
export const ApiPage = ({ document }: { document: ApiDocument }) => (
  <Document language="en" title={`API – ${document.info.title}`}>
    <header class="top">
      <div class="wrap">
        <a class="brand" href="/en">
          <Mark on="light" size={36} />
          {document.info.title}
        </a>
      </div>
    </header>
    <div class="wrap">
      <main id="tresc" tabIndex={-1}>
        <div class="sheet api">
          <h1>API</h1>
          <p>{document.info.description}</p>
          <p>
            <a href="/api/v1/openapi.json">OpenAPI 3.1 document</a>
          </p>
          {Object.entries(document.paths).flatMap(([path, methods]) =>
            Object.entries(methods).map(([method, described]) => (
              <Call key={method + path} method={method} path={path} call={operation.parse(described)} />
            )),
          )}
        </div>
      </main>
    </div>
  </Document>
)

const Call = ({ method, path, call }: { method: string; path: string; call: Operation }) => (
  <section class="sec">
    <h2>{call.summary ?? path}</h2>
    <p>
      <code>
        {method.toUpperCase()} {path}
      </code>
    </p>
    {call.description !== undefined && <p>{call.description}</p>}
    {call.parameters !== undefined && call.parameters.length > 0 && (
      <ul>
        {call.parameters.map((one) => (
          <li key={one.name}>
            <code>{one.name}</code> ({one.in}
            {one.required ? ', required' : ''}):{' '}
            {one.description ?? one.schema?.description ?? String(one.schema?.type ?? '')}
          </li>
        ))}
      </ul>
    )}
    {call.requestBody !== undefined && (
      <SchemaDetails title="Body" schema={call.requestBody.content?.['application/json']?.schema} />
    )}
    {Object.entries(call.responses ?? {}).map(([status, answer]) => (
      <SchemaDetails
        key={status}
        title={answerTitle(status, answer.description)}
        schema={answer.content?.['application/json']?.schema}
      />
    ))}
  </section>
)

/** The generator writes this where a route says nothing of its own. */
const saysNothing = 'Default Response'

const answerTitle = (status: string, description: string | undefined): string =>
  description === undefined || description === saysNothing
    ? `Answer ${status}`
    : `Answer ${status}: ${description}`

const SchemaDetails = ({ title, schema }: { title: string; schema: unknown }) =>
  schema === undefined ? (
    <p>{title}</p>
  ) : (
    <details>
      <summary>{title}</summary>
      <pre tabIndex={0}>{json(schema)}</pre>
    </details>
  )
