// Wrong networks, written as a list of layers: each is one line of the compiler at the layer that does not fit.
import {
  averagePool2d,
  compose,
  conv2d,
  dense,
  dropout,
  flatten,
  input,
  logSoftmax,
  maxPool2d,
  named,
  network,
  overAxes,
  relu,
  reshape,
  residual,
  sequential,
  softmax
} from '../../lib/network/index.ts'

// dense on an image
export const e01 = network(input(28, 28, 1), conv2d({ filters: 16, kernel: 3 }), relu, dense(10), relu)
// a window larger than the input
export const e02 = network(input(4, 4, 1), conv2d({ filters: 16, kernel: 5 }), relu)
// a dilated window larger than the input
export const e03 = network(input(8, 8, 1), conv2d({ filters: 16, kernel: [3, 5], dilation: 2 }), relu)
// a convolution on a vector
export const e04 = network(input(784), conv2d({ filters: 8, kernel: 3 }))
// a residual body that changes the shape
export const e05 = network(input('time', 64), residual(relu, dense(65)))
// a wrong layer inside of nested blocks
export const e06 = network(
  input(32, 32, 3),
  sequential(conv2d({ filters: 8, kernel: 3 }), residual(relu, dense(8))),
  flatten
)
// zero units
export const e07 = network(input(8), dense(0), relu)
// units that are not whole
export const e08 = network(input(8), relu, dense(2.5))
// zero filters
export const e09 = network(input(8, 8, 1), conv2d({ filters: 0, kernel: 3 }))
// a stride that is not whole
export const e10 = network(input(8, 8, 1), conv2d({ filters: 4, kernel: 3, stride: 1.5 }))
// a negative padding
export const e11 = network(input(8, 8, 1), conv2d({ filters: 4, kernel: 3, padding: -1 }))
// a padding that is no word
export const e12 = network(input(8, 8, 1), conv2d({ filters: 4, kernel: 3, padding: 'full' }))
// a width that is only known by name
export const e13 = network(input('time', 'width'), dense(10))
// a name given twice
export const e14 = network(input(8), named('a', dense(3)), named('b', relu), named('a', dense(4)))
// a name given twice inside of a block
export const e15 = network(input(8), sequential(named('a', dense(3)), named('a', dense(4))))
// a name that looks like an integer
export const e16 = network(input(8), named('1', dense(3)))
// a name of the form of automatic names
export const e17 = network(input(8), dense(3), named('dense_0', dense(4)))
// a wrong layer under a name
export const e18 = network(input(8, 8, 3), named('head', dense(3)))
// reshaping to another number of elements
export const e19 = network(input(784), reshape(28, 29))
// reshaping with an axis that cannot be inferred
export const e20 = network(input(784), reshape(-1, 29))
// a dropout rate of 1
export const e21 = network(input(8), dropout(1))
// a dropout rate in per cent
export const e22 = network(input(8), dropout(50))
// pooling a vector
export const e23 = network(input(8), maxPool2d(2))
// a pooling window larger than the input
export const e24 = network(input(3, 3, 8), averagePool2d(4))
// padding beyond half of the window
export const e25 = network(input(8, 8, 8), maxPool2d(2, { padding: 2 }))
// more axes than there are
export const e26 = network(input(3), overAxes(dense(4), { axes: 2 }))
// a wrong layer inside of overAxes
export const e27 = network(input(3, 8, 8, 3), overAxes(dense(4), { axes: 1 }))
// softmax of a scalar
export const e28 = network(input(), softmax)
// a number in the place of a layer
export const e29 = network(input(8), dense(3), 42)
// a layer that was not called
export const e30 = network(input(8), dense)
// an option that is not known
export const e31 = network(input(8, 8, 1), conv2d({ filters: 8, kernel: 3, strides: 2 }))
// an option of the wrong kind
export const e32 = network(input(8), dense(3, { useBias: 'no' }))
// no input
export const e33 = network(dense(3), relu)
// two networks that do not join
export const e34 = compose(network(input(784), dense(128)), network(input(100), dense(10)))
// a network continued by a layer that does not fit
export const e35 = network(network(input(8, 8, 1), conv2d({ filters: 8, kernel: 3 })), dense(3), logSoftmax)
