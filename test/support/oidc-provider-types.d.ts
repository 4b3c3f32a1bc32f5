/** The few parts of oidc-provider that our test process uses; its types come apart from it and lag behind. */
declare module 'oidc-provider' {
  import type { Server } from 'node:http'
  export class Provider {
    constructor(issuer: string, configuration: object)
    listen(port: number, host: string, listening: () => void): Server
  }
  export default Provider
}
