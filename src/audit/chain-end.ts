/** A place in the chain of seals. */
export interface ChainEnd {
  position: number
  seal: Buffer
}
