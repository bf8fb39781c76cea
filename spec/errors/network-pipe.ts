// The same mistakes in fp-ts's pipe: the last line is the sentence.
import { pipe } from 'fp-ts/lib/function.js'
import {
  averagePool2d,
  conv2d,
  dense,
  dropout,
  flatten,
  input,
  maxPool2d,
  named,
  overAxes,
  relu,
  reshape,
  residual,
  sequential,
  softmax
} from '../../lib/network/index.ts'

// dense on an image
export const e01 = pipe(input(28, 28, 1), conv2d({ filters: 16, kernel: 3 }), relu, dense(10), relu)
// a window larger than the input
export const e02 = pipe(input(4, 4, 1), conv2d({ filters: 16, kernel: 5 }), relu)
// a convolution on a vector
export const e04 = pipe(input(784), conv2d({ filters: 8, kernel: 3 }))
// a residual body that changes the shape
export const e05 = pipe(input('time', 64), residual(relu, dense(65)))
// a wrong layer inside of nested blocks
export const e06 = pipe(
  input(32, 32, 3),
  sequential(conv2d({ filters: 8, kernel: 3 }), residual(relu, dense(8))),
  flatten
)
// zero units
export const e07 = pipe(input(8), dense(0), relu)
// units that are not whole
export const e08 = pipe(input(8), relu, dense(2.5))
// zero filters
export const e09 = pipe(input(8, 8, 1), conv2d({ filters: 0, kernel: 3 }))
// a width that is only known by name
export const e13 = pipe(input('time', 'width'), dense(10))
// a name given twice
export const e14 = pipe(input(8), named('a', dense(3)), named('b', relu), named('a', dense(4)))
// a name that looks like an integer
export const e16 = pipe(input(8), named('1', dense(3)))
// a name of the form of automatic names
export const e17 = pipe(input(8), dense(3), named('dense_0', dense(4)))
// reshaping to another number of elements
export const e19 = pipe(input(784), reshape(28, 29))
// a dropout rate of 1
export const e21 = pipe(input(8), dropout(1))
// pooling a vector
export const e23 = pipe(input(8), maxPool2d(2))
// a pooling window larger than the input
export const e24 = pipe(input(3, 3, 8), averagePool2d(4))
// padding beyond half of the window
export const e25 = pipe(input(8, 8, 8), maxPool2d(2, { padding: 2 }))
// more axes than there are
export const e26 = pipe(input(3), overAxes(dense(4), { axes: 2 }))
// softmax of a scalar
export const e28 = pipe(input(), softmax)
// an option that is not known
export const e31 = pipe(input(8, 8, 1), conv2d({ filters: 8, kernel: 3, strides: 2 }))
