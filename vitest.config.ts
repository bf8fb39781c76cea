import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const lib = fileURLToPath(new URL('./lib', import.meta.url))

// tests import the package by its public names and get the sources
const alias = [
  { find: /^gradfold$/, replacement: `${lib}/index.ts` },
  { find: /^gradfold\/(.+)$/, replacement: `${lib}/$1/index.ts` }
]

export default defineConfig({
  resolve: { alias },
  test: {
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['spec/**/*.spec.ts'],
          exclude: ['spec/**/*.{full,isolated}.spec.ts', 'spec/.generated/**', 'node_modules/**'],
          // the modules are pure: files of tests share them, and need not load them again
          isolate: false,
          testTimeout: 60_000
        }
      },
      {
        extends: true,
        // what replaces a module has modules of its own
        test: { name: 'isolated', include: ['spec/**/*.isolated.spec.ts'], testTimeout: 60_000 }
      },
      {
        extends: true,
        test: {
          name: 'types',
          include: [],
          typecheck: {
            enabled: true,
            only: true,
            checker: 'tsc',
            // how long a busy machine may take to start it
            spawnTimeout: 120_000,
            include: ['spec/**/*.spec-d.ts'],
            tsconfig: './tsconfig.json'
          }
        }
      },
      {
        extends: true,
        test: { name: 'full', include: ['spec/**/*.full.spec.ts'], testTimeout: 900_000, hookTimeout: 900_000 }
      }
    ]
  }
})
