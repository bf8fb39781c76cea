/**
 * Data: data sets, batches of them, and readers of bytes and text. Files are read by `gradfold/data/node`.
 *
 * @since 0.1.0
 */

// data sets
export type { AnyDataset, Dataset } from './dataset.ts'
export { dataset, fromArrays, shuffle, size, slice, split, take } from './dataset.ts'
export type { PerFeature } from './normalise.ts'
export { moments, normalise } from './normalise.ts'

// batches
export type { Batch, BatchOptions, Cursor } from './batch.ts'
export { batches, batchesPerEpoch, epochOrder, start } from './batch.ts'

// readers
export type { IdxOptions } from './idx.ts'
export { parseIdx } from './idx.ts'
export type { Column } from './csv-columns.ts'
export type { CsvDataset, CsvLabels, CsvOptions } from './csv.ts'
export { parseCsv } from './csv.ts'
export type { DataError, DataErrors } from './error.ts'
export { showErrors } from './error.ts'
