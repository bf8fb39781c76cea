/**
 * Choosing some of the parameters, as data: weight decay and regularisers often spare the biases.
 *
 * @since 0.1.0
 */
import type { Path } from '../tensor/index.ts'
import { listOf, string, taggedRecord, taggedUnion, type Codec } from './options.ts'

// model

/**
 * A choice of parameters by the paths to them.
 *
 * @category model
 * @since 0.1.0
 */
export type PathFilter = Everything | Named | Under | Except

/** All parameters. */
export interface Everything {
  readonly tag: 'everything'
}

/** The parameters whose path ends with one of some names. */
export interface Named {
  readonly tag: 'named'
  readonly names: readonly string[]
}

/** The parameters whose path begins with some names. */
export interface Under {
  readonly tag: 'under'
  readonly path: readonly string[]
}

/** The parameters that a filter does not choose. */
export interface Except {
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

export const pathFilter: Codec<PathFilter> = taggedUnion<PathFilter>('parameter filter', () => ({
  everything: taggedRecord<Everything>('everything', {}),
  named: taggedRecord<Named>('named', { names: listOf(string) }),
  under: taggedRecord<Under>('under', { path: listOf(string) }),
  except: taggedRecord<Except>('except', { filter: pathFilter })
}))

// destructors

/**
 * Whether a filter chooses the parameter at a path.
 *
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
