import functional from 'eslint-plugin-functional'
import tseslint from 'typescript-eslint'

const fpTs = {
  regex: '^(fp-ts|io-ts|monocle-ts)/(?!lib/.*\\.js$)',
  message: 'write fp-ts/lib/Name.js: other forms crash in Node'
}

/** The house, from the ground up: a folder imports from itself and from those before it. */
const layers = [
  'shape',
  'codec',
  'tensor',
  'expr',
  'transform',
  'engine',
  'random',
  'optimizer',
  'objective',
  'network',
  'data',
  'training'
]

const layering = layers.map((layer, i) => {
  const above = layers.slice(i + 1)
  return {
    files: [`lib/${layer}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            fpTs,
            { regex: '^gradfold', message: 'inside the library, import by relative path' },
            ...(layer === 'data' ? [] : [{ regex: '^node:', message: 'the library runs in browsers: only lib/data/node knows Node' }]),
            ...(above.length === 0
              ? []
              : [
                  {
                    regex: `^(\\.\\./)+(${above.join('|')})/`,
                    message: `${layer} may not know the layers above it`
                  }
                ]),
            { regex: '^(\\.\\./)+index\\.ts$', message: 'import the module that has it, not the root' }
          ]
        }
      ]
    }
  }
})

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/', 'spec/.generated/', 'spec/errors/*.ts', 'spec/typeperf/fixtures/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['vitest.config.ts'] }, tsconfigRootDir: import.meta.dirname }
    },
    plugins: { functional },
    rules: {
      'no-restricted-imports': ['error', { patterns: [fpTs] }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/unified-signatures': 'off'
    }
  },
  {
    files: ['lib/**/*.ts'],
    rules: {
      'functional/immutable-data': ['error', { ignoreImmediateMutation: true }],
      'functional/no-let': ['error', { allowInForLoopInit: true }],
      'functional/no-classes': 'error',
      'functional/no-throw-statements': 'error',
      'no-restricted-properties': [
        'error',
        ...['exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh', 'pow', 'cbrt', 'hypot', 'random'].map(
          (property) => ({ object: 'Math', property, message: 'its bits differ between engines; use lib/engine/elementary or lib/random' })
        )
      ],
      'no-restricted-syntax': ['error', { selector: "BinaryExpression[operator='**']", message: 'its bits differ between engines' }]
    }
  },
  ...layering,
  {
    files: ['lib/engine/**/*.ts'],
    rules: {
      'functional/immutable-data': 'off',
      'functional/no-let': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off'
    }
  },
  {
    // a test that meets undefined where it expected a value fails, which is what it is for
    files: ['spec/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off'
    }
  },
  { files: ['**/*.js', '**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] }
)
