/**
 * What convolution and pooling share: images [batch, height, width, channels].
 *
 * @internal
 */
import { raise, show, type Dim, type Shape, type Show, type Sizes, type Unranked } from '../../shape/index.ts'

type NoImages<What extends string, S extends string> = `${What}: expected [batch, height, width, channels], got ${S}`
const noImages = <What extends string, S extends string>(what: What, s: S): NoImages<What, S> =>
  `${what}: expected [batch, height, width, channels], got ${s}`

/** The complaint that a shape is not one of images, or `never`. */
export type ImageMessage<A extends Shape, What extends string> = A extends readonly [Dim, Dim, Dim, Dim]
  ? never
  : Unranked<A> extends true
    ? never
    : NoImages<What, Show<A>>

/** The shape, if it is one of images; else throws. */
export const checkImages = (what: string, shape: Sizes): Sizes =>
  shape.length === 4 ? shape : raise(noImages(what, show(shape)))
