/**
 * The package as users get it: packed, installed beside its dependencies in an empty project, imported by plain Node,
 * compiled against. Run it by `npm run build && npm run smoke`; it needs no network.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import ts from 'typescript'

/** Where the licences of bundled libraries are, below dist. */
const notices = 'THIRD-PARTY-LICENSES.txt'

/** The parameters that xor.mjs ends with: the same on every machine, until the numerics change. */
const trained = 'fe2b509eeb60244ad9015c5b7b800cb35c522fc985c25b59f495cb5360541655'

const root = fileURLToPath(new URL('../..', import.meta.url))
const here = (name) => join(root, 'spec/smoke', name)
const json = (file) => JSON.parse(readFileSync(file, 'utf8'))
const manifest = json(join(root, 'package.json'))
const entries = Object.entries(manifest.exports).filter(([, target]) => target !== null && typeof target === 'object')
const specifierOf = (name) => manifest.name + name.slice(1)

const project = mkdtempSync(join(tmpdir(), 'gradfold-smoke-'))
const installed = join(project, 'node_modules', manifest.name)

// checks

const outcomes = []

/** Runs a check, which returns a remark or throws, and prints one line about it. */
const check = (what, run) => {
  try {
    const remark = run()
    outcomes.push(true)
    console.log(`ok    ${what}${remark === undefined ? '' : `: ${remark}`}`)
  } catch (error) {
    outcomes.push(false)
    const said = [error.message, error.stdout, error.stderr].filter((text) => text !== undefined && text !== '')
    console.log(`FAIL  ${what}: ${said.join(' ').trim().replaceAll('\n', ' | ').slice(0, 2000)}`)
  }
}

const expectNone = (list, complaint) => {
  if (list.length > 0) throw new Error(`${complaint}: ${list.join(', ')}`)
}

const slashed = (path) => path.split(sep).join('/')

const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => slashed(relative(folder, join(entry.parentPath, entry.name))))

/** Runs a program of the project in a Node of its own, without the settings of this one. */
const node = (...options) => {
  const { NODE_OPTIONS: _, NODE_PATH: __, ...env } = process.env
  return execFileSync(process.execPath, options, { cwd: project, encoding: 'utf8', env, stdio: 'pipe' })
}

/** How many names each module has in plain Node, or why it cannot be imported. */
const importAll = (specifiers) => {
  const code = `
    const outcomes = ${JSON.stringify(specifiers)}.map((name) => import(name).then(
      (module) => [name, { count: Object.keys(module).length }],
      (error) => [name, { code: error.code, error: error.message }]
    ))
    console.log(JSON.stringify(Object.fromEntries(await Promise.all(outcomes))))`
  try {
    return JSON.parse(node('--input-type=module', '--eval', code))
  } catch (error) {
    return Object.fromEntries(specifiers.map((name) => [name, { error: error.message }]))
  }
}

// the parts

const install = () => {
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', project], {
    cwd: root,
    encoding: 'utf8',
    stdio: 'pipe',
    shell: process.platform === 'win32'
  })
  const [{ filename, size, entryCount }] = JSON.parse(packed)
  mkdirSync(installed, { recursive: true })
  const target = relative(project, installed)
  execFileSync('tar', ['-xzf', filename, '-C', target, '--strip-components', '1'], { cwd: project })
  // a junction on Windows needs no rights, on others it is a symbolic link
  Object.keys(manifest.dependencies).forEach((name) => {
    const link = join(project, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), link, 'junction')
  })
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }))
  return `${entryCount} files, ${Math.round(size / 1024)} KiB`
}

/** What a module imports, by its syntax: words that follow `import` elsewhere are not modules. */
const modulesOf = (file) => {
  const found = []
  const visit = (node) => {
    const name =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : undefined
    if (name !== undefined && ts.isStringLiteralLike(name)) found.push(name.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest))
  return found
}

const globalsOfNode = ['process', 'require', 'module', 'Buffer', 'global', '__dirname', '__filename', 'setImmediate']

/** The globals of Node that a script reads without looking whether they are there. */
const nodeGlobalsIn = (file) => {
  const found = new Set()
  const bound = new Set()
  const visit = (node, parent) => {
    if (ts.isIdentifier(node) && globalsOfNode.includes(node.text)) {
      const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node
      const isKey = parent.name === node || parent.propertyName === node
      const isDeclared =
        isKey && (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent))
      if (isDeclared) bound.add(node.text)
      if (!isMember && !isKey) found.add(node.text)
      if (ts.isShorthandPropertyAssignment(parent)) found.add(node.text)
    }
    ts.forEachChild(node, (child) => visit(child, node))
  }
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
  visit(source, source)
  return [...found].filter((name) => !bound.has(name))
}

/** The files of the package that some of them reach, each with the modules of other packages and of Node that it names. */
const reachableFrom = (starts) => {
  const seen = new Map()
  const queue = [...starts]
  while (queue.length > 0) {
    const file = queue.pop()
    if (seen.has(file)) continue
    const modules = modulesOf(file)
    seen.set(
      file,
      modules.filter((name) => !name.startsWith('.'))
    )
    queue.push(...modules.filter((name) => name.startsWith('.')).map((name) => join(dirname(file), name)))
  }
  return seen
}

const filesFrom = (starts) => reachableFrom(starts).keys()

/** The modules of other packages and of Node that a module of the package reaches. */
const reachedFrom = (start) => [...new Set([...reachableFrom([start]).values()].flat())]

/** What the compiler says about a file of the project; nothing if it compiles. */
const compile = (source, { module, moduleResolution }) => {
  const config = {
    compilerOptions: {
      target: 'es2023',
      lib: ['es2023'],
      module,
      moduleResolution,
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true
    },
    files: [source]
  }
  const file = join(project, `tsconfig.${moduleResolution}.json`)
  writeFileSync(file, JSON.stringify(config))
  const { stdout, stderr } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', file], {
    cwd: project,
    encoding: 'utf8',
    shell: process.platform === 'win32'
  })
  return `${stdout}${stderr}`.split('\n').filter((line) => /error TS\d+/.test(line))
}

// the run

try {
  check('packs and installs', install)

  check('has a manifest that publint finds nothing wrong with', () => {
    execFileSync(join(root, 'node_modules/.bin/publint'), ['--strict', '--pack', 'false'], {
      cwd: root,
      stdio: 'pipe',
      shell: process.platform === 'win32'
    })
  })

  check('packs what it exports', () => {
    const targets = entries.flatMap(([, { types, default: main }]) => [types, main])
    expectNone(
      targets.filter((target) => !existsSync(join(installed, target))),
      'missing'
    )
    return `${targets.length} files`
  })

  check('packs what was built of the sources, its papers, and nothing else', () => {
    const built = filesBelow(join(installed, 'dist'))
    const sources = filesBelow(join(root, 'lib')).filter((file) => file.endsWith('.ts'))
    const declarations = sources.map((file) => file.replace(/\.ts$/, '.d.ts'))
    const mains = entries.map(([, { default: main }]) => join(installed, main))
    const scripts = [...filesFrom(mains)].map((file) => slashed(relative(join(installed, 'dist'), file)))
    const expected = new Set([...declarations, ...scripts, notices])
    expectNone(
      built.filter((file) => !expected.has(file)),
      'these have no source, or no entry needs them (build again)'
    )
    expectNone(
      [...expected].filter((file) => !built.includes(file)),
      'missing'
    )
    expectNone(
      scripts.filter((file) => !file.startsWith('chunks/') && !/^(gradfold|([a-z/]+\/)?index)\.js$/.test(file)),
      'neither entries nor what is behind them'
    )
    const others = readdirSync(installed).filter((name) => name !== 'dist')
    const papers = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']
    expectNone(
      others.filter((name) => !papers.includes(name)),
      'unexpected'
    )
    expectNone(
      ['LICENSE', 'README.md', 'package.json'].filter((name) => !others.includes(name)),
      'missing'
    )
    return `${declarations.length} declarations, ${scripts.length} scripts`
  })

  check('packs the licences of what is bundled', () => {
    const text = readFileSync(join(installed, 'dist', notices), 'utf8')
    expectNone(
      ['fp-ts', 'io-ts', '@noble/hashes'].filter((name) => !text.includes(`${name} `)),
      'missing'
    )
    if (text.split('Permission is hereby granted').length < 4) throw new Error('there are fewer than three')
  })

  const hidden = ['internal/x', 'dist/index.js', 'expr/internal', 'expr/internal.js', 'nothing']
  const found = importAll([
    ...entries.map(([name]) => specifierOf(name)),
    ...hidden.map((name) => specifierOf(`./${name}`))
  ])
  entries.forEach(([name]) => {
    check(`plain Node imports ${specifierOf(name)}`, () => {
      const { count, error } = found[specifierOf(name)] ?? {}
      if (!(count > 0)) throw new Error(error ?? 'it exports nothing')
      return `${count} names`
    })
  })
  hidden.forEach((name) => {
    check(`plain Node may not import ${specifierOf(`./${name}`)}`, () => {
      const { code } = found[specifierOf(`./${name}`)] ?? {}
      if (code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') throw new Error(`got ${code}`)
    })
  })

  check('trains XOR to the bits it always had', () => {
    copyFileSync(here('xor.mjs'), join(project, 'xor.mjs'))
    const { hash, classes } = JSON.parse(node('xor.mjs'))
    if (String(classes) !== '0,1,1,0') throw new Error(`it predicts ${classes}`)
    if (hash !== trained) throw new Error(`expected ${trained}, got ${hash}`)
    return hash
  })

  copyFileSync(here('consumer.ts'), join(project, 'consumer.ts'))
  const resolutions = [
    { module: 'nodenext', moduleResolution: 'nodenext' },
    { module: 'esnext', moduleResolution: 'bundler' }
  ]
  resolutions.forEach((resolution) => {
    check(`a project compiles with moduleResolution ${resolution.moduleResolution}`, () => {
      expectNone(compile('consumer.ts', resolution), 'it does not')
    })
  })
  check('a wrong layer in a project is one error in one sentence', () => {
    const names = "import { dense, input, network } from 'gradfold/network'"
    writeFileSync(join(project, 'wrong.ts'), `${names}\nexport const wrong = network(input(28, 28, 1), dense(10))\n`)
    const complaints = compile('wrong.ts', resolutions[0])
    const [complaint = ''] = complaints
    if (complaints.length !== 1 || !complaint.includes('got [28, 28, 1]; insert flatten')) {
      throw new Error(`got ${complaints.join(', ') || 'none'}`)
    }
  })

  entries.forEach(([name, { default: main }]) => {
    const reached = () => reachedFrom(join(installed, main))
    const ofNode = (names) => names.filter((module) => module.startsWith('node:'))
    if (name === './data/node') {
      check(`${specifierOf(name)} reads files by Node`, () => {
        if (ofNode(reached()).length === 0) throw new Error('it reaches no module of Node')
      })
    } else {
      check(`${specifierOf(name)} needs no Node`, () => {
        expectNone(ofNode(reached()), 'it reaches')
        // csv-parse is for Node except below browser/
        expectNone(
          reached().filter((module) => /^csv-parse(?!\/browser\/)/.test(module)),
          'it reaches'
        )
      })
    }
  })

  check('reads no globals of Node outside of data/node', () => {
    const files = filesBelow(join(installed, 'dist')).filter(
      (file) => file.endsWith('.js') && !file.startsWith('data/node/')
    )
    expectNone(
      files.flatMap((file) => nodeGlobalsIn(join(installed, 'dist', file)).map((name) => `${name} in ${file}`)),
      'it reads'
    )
    return `${files.length} modules`
  })

  // measured 216 bytes, 2.6 and 37 KB; what is behind all entries has 0.7 MB
  const users = [
    ['gradfold/shape', 'addDim', 1],
    ['gradfold/tensor', 'tensor', 6],
    ['gradfold/network', 'dense', 60]
  ]
  users.forEach(([module, name, kilobytes]) => {
    check(`a bundle with ${name} of ${module} has not much more`, () => {
      const contents = `import { ${name} } from '${module}'\nconsole.log(${name})`
      const { outputFiles } = buildSync({
        stdin: { contents, resolveDir: project },
        bundle: true,
        minify: true,
        format: 'esm',
        write: false
      })
      const { length } = outputFiles[0].contents
      if (length > 1000 * kilobytes) throw new Error(`${length} bytes`)
      return `${length} bytes`
    })
  })

  check('depends on what it imports, and on nothing else', () => {
    const imported = entries.flatMap(([, { default: main }]) => reachedFrom(join(installed, main)))
    // scripts bring most libraries along, whose types declarations still name
    const named = filesBelow(join(installed, 'dist'))
      .filter((file) => file.endsWith('.d.ts'))
      .flatMap((file) => modulesOf(join(installed, 'dist', file)))
    const packages = [...imported, ...named].filter((module) => !/^(node:|\.)/.test(module))
    const names = new Set(packages.map((module) => /^(@[^/]+\/)?[^/]+/.exec(module)[0]))
    const declared = Object.keys(manifest.dependencies)
    expectNone(
      [...names].filter((name) => !declared.includes(name)),
      'not declared'
    )
    expectNone(
      declared.filter((name) => !names.has(name)),
      'not imported'
    )
  })
} finally {
  rmSync(project, { recursive: true, force: true })
}

const failed = outcomes.filter((passed) => !passed).length
console.log(`${outcomes.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
