/** The product cannot start; `message` is one clear sentence with the remedy, for whoever typed the command. */
export class StartError extends Error {
  override name = 'StartError'
}
