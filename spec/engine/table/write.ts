/**
 * Writes lib/engine/SUPPORT.md:
 *
 *     npx tsx spec/engine/table/write.ts
 */
import { writeFileSync } from 'node:fs'
import { cells, document, path } from './table.ts'

writeFileSync(path, document(cells()))
