/**
 * Choosing some of the parameters, as data: weight decay and regularisers often spare the biases.
 *
 * @since 0.1.0
 */
import { list, taggedRecord, taggedUnion, text, type Codec } from '../codec/index.ts'
import type { Path } from '../tensor/index.ts'

// model

/**
 * A choice of parameters by the paths to them.
 *
 * @category model
 * @since 0.1.0
 */
export type PathFilter = Everything | Named | Under | Except

/** All parameters. */
interface Everything {
  readonly tag: 'everything'
}

/** The parameters whose path ends with one of some names. */
interface Named {
  readonly tag: 'named'
  readonly names: readonly string[]
}

/** The parameters whose path begins with some names. */
interface Under {
  readonly tag: 'under'
  readonly path: readonly string[]
}

/** The parameters that a filter does not choose. */
interface Except {
  readonly tag: 'except'
  readonly filter: PathFilter
}

// constructors

/**
 * Chooses every parameter.
 *
 * @category filters
 * @since 0.1.0
 */
export const everything: PathFilter = Object.freeze({ tag: 'everything' })

/**
 * Chooses the parameters with some names, in whatever layer.
 *
 * @param names the last steps of the paths.
 * @example
 * import { l2 } from 'gradfold/objective'
 * import { named } from 'gradfold/optimizer'
 * const onKernels = l2(1e-4, { only: named('kernel') })
 * @category filters
 * @since 0.1.0
 */
export const named = (...names: readonly string[]): PathFilter => Object.freeze({ tag: 'named', names })

/**
 * Chooses the parameters below a place in the tree.
 *
 * @param path the first steps of the paths.
 * @example
 * import { adamW, under } from 'gradfold/optimizer'
 * const optimizer = adamW({ only: under('encoder') })
 * @category filters
 * @since 0.1.0
 */
export const under = (...path: readonly string[]): PathFilter => Object.freeze({ tag: 'under', path })

/**
 * Chooses the parameters that another filter does not.
 *
 * @example
 * import { adamW, except, named } from 'gradfold/optimizer'
 * const optimizer = adamW({ only: except(named('bias', 'scale')) })
 * @category filters
 * @since 0.1.0
 */
export const except = (filter: PathFilter): PathFilter => Object.freeze({ tag: 'except', filter })

// codec

export const pathFilter: Codec<PathFilter> = taggedUnion<PathFilter>('parameter filter', () => filters)

/** The codec of each filter. */
const filters = {
  everything: taggedRecord<Everything>('everything', {}),
  named: taggedRecord<Named>('named', { names: list(text) }),
  under: taggedRecord<Under>('under', { path: list(text) }),
  except: taggedRecord<Except>('except', { filter: pathFilter })
}

// destructors

/**
 * Whether a filter chooses the parameter at a path.
 *
 * @example
 * import { chooses, named } from 'gradfold/optimizer'
 * chooses(named('kernel'))(['dense_0', 'kernel']) // true
 * chooses(named('kernel'))(['dense_0', 'bias']) // false
 * @category destructors
 * @since 0.1.0
 */
export const chooses =
  (self: PathFilter) =>
  (path: Path): boolean => {
    switch (self.tag) {
      case 'everything':
        return true
      case 'named':
        return self.names.includes(path.at(-1) ?? '')
      case 'under':
        return self.path.every((name, i) => path[i] === name)
      case 'except':
        return !chooses(self.filter)(path)
    }
  }
