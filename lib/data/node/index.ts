/**
 * Loading data from files and packages, in Node.
 *
 * @since 0.1.0
 */
export { csvFile, idxFile } from './file.ts'
export { iris, irisClasses, irisFeatures } from './iris.ts'
export { mnist, type Mnist, type MnistDataset } from './mnist.ts'
