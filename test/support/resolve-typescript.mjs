// Lets plain Node run our TypeScript in a child process: our imports carry no file extension
import { registerHooks } from 'node:module'

registerHooks({
  resolve(specifier, context, nextResolve) {
    const ours = specifier.startsWith('.') && !context.parentURL?.includes('/node_modules/')
    return nextResolve(ours && !/\.[cm]?[jt]sx?$/.test(specifier) ? `${specifier}.ts` : specifier, context)
  },
})
