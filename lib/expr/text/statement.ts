/**
 * Reading the parts of a program: its inputs, its equations, its results, and the names of variables in them.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { didYouMean } from '../../codec/index.ts'
import { sameSlot, showSlot, type Slot } from '../../tensor/index.ts'
import type { Equation, Program } from '../program.ts'
import { checkEquation, type Attribute } from './equation.ts'
import {
  choose,
  expect,
  fail,
  isText,
  map,
  read,
  refine,
  separated,
  sequence,
  tokenAt,
  word,
  type Checked,
  type Reader
} from './reader.ts'
import { showToken, type Token } from './token.ts'
import { slotReader, valueReader } from './value.ts'

// model

/** A name with the type that stands beside it. */
export interface Input {
  readonly name: Token
  readonly slot: Slot
}

/** A name with the type that may stand beside it. */
interface Target {
  readonly name: Token
  readonly slot: Slot | undefined
}

/** The variables that are defined so far: numbers by name, slots by number. */
interface Scope {
  readonly numbers: ReadonlyMap<string, number>
  readonly slots: readonly Slot[]
}

/** An equation and the names that it defines. */
interface Definition {
  readonly names: readonly Token[]
  readonly equation: Equation
}

// names

const reserved: readonly string[] = ['program', 'return', 'true', 'false', 'nan']

const name: Reader<Token> = refine(word('the name of a variable'), (token) =>
  reserved.includes(token.text) ? fail(token, `${token.text} cannot be the name of a variable`) : Either.right(token)
)

/** The last names before a misspelt one; the nearest of all names would take long to find in a long program. */
const recent = ({ numbers, slots }: Scope): readonly string[] =>
  [...numbers].filter(([, i]) => i >= slots.length - 100).map(([text]) => text)

/** Numbered variables are not misspelt names. */
const isNumbered = (text: string): boolean => /^v[0-9]+$/.test(text)

/** The number of a defined variable. */
const use = (scope: Scope): Reader<number> =>
  refine(name, (token) => {
    const number = scope.numbers.get(token.text)
    return number === undefined
      ? fail(
          token,
          `the variable ${token.text} is not defined${isNumbered(token.text) ? '' : didYouMean(token.text, recent(scope))}`
        )
      : Either.right(number)
  })

/** The first name that is defined already. */
const definedTwice = (names: readonly Token[], { numbers }: Scope): Checked<never> | undefined => {
  const twice = names.find(
    ({ text }, i) => numbers.has(text) || (i > 0 && names.findIndex((other) => other.text === text) < i)
  )
  return twice === undefined ? undefined : fail(twice, `the variable ${twice.text} is defined twice`)
}

// readers

const input: Reader<Input> = map(sequence(name, expect(':'), slotReader), ([token, , slot]) => ({ name: token, slot }))

/** `program(x: f32[2], y: i32[]) {`. */
export const header: Reader<readonly Input[]> = refine(
  sequence(expect('program'), expect('('), separated(input, ')'), expect('{')),
  ([, , inputs]) =>
    definedTwice(
      inputs.map((given) => given.name),
      { numbers: new Map(), slots: [] }
    ) ?? Either.right(inputs)
)

const target: Reader<Target> = choose<Target>((_, following) =>
  isText(following, ':') ? input : map(name, (token) => ({ name: token, slot: undefined }))
)

const targets: Reader<readonly Target[]> = choose<readonly Target[]>((token) =>
  isText(token, '(')
    ? map(sequence(expect('('), separated(target, ')')), ([, list]) => list)
    : map(target, (only) => [only])
)

const attributes = (program: Reader<Program>): Reader<readonly Attribute[]> => {
  const attribute = map(
    sequence(word('the name of a parameter'), expect('='), valueReader(program)),
    ([token, , value]): Attribute => ({ name: token, value })
  )
  return choose((token) =>
    isText(token, '[')
      ? map(sequence(expect('['), separated(attribute, ']')), ([, list]) => list)
      : (_, index) => read<readonly Attribute[]>([], index)
  )
}

/** Whether an equation gives what stands on its left. */
const checkTargets = (primitive: Token, left: readonly Target[], equation: Equation): Checked<Definition> => {
  const { outputs } = equation
  if (outputs.length !== left.length)
    return fail(primitive, `${primitive.text}: gives ${outputs.length} values, ${left.length} are named`)
  const wrong = left.flatMap(({ name: token, slot }, i) => {
    const given = outputs[i]
    return slot === undefined || given === undefined || sameSlot(slot, given)
      ? []
      : [fail(token, `${token.text} is declared ${showSlot(slot)}, ${primitive.text} gives ${showSlot(given)}`)]
  })
  return wrong[0] ?? Either.right({ names: left.map((each) => each.name), equation })
}

/** `v2: f32[3] = add(v0, v1)`. */
const definition = (program: Reader<Program>, scope: Scope): Reader<Definition> =>
  refine(
    sequence(
      targets,
      expect('='),
      word('the name of a primitive'),
      attributes(program),
      expect('('),
      separated(use(scope), ')')
    ),
    ([left, , primitive, settings, , operands]) =>
      definedTwice(
        left.map((each) => each.name),
        scope
      ) ??
      pipe(
        checkEquation(
          primitive,
          settings,
          operands,
          operands.flatMap((variable) => scope.slots[variable] ?? [])
        ),
        Either.flatMap((equation) => checkTargets(primitive, left, equation))
      )
  )

/** `return v3, v4`; the results end where no comma follows. */
const results = (scope: Scope): Reader<readonly number[]> =>
  choose((_, following) =>
    isText(following, '}')
      ? map(expect('return'), () => [])
      : (tokens, index) => {
          const variable = use(scope)
          const found: number[] = []
          for (let at = index + 1; ;) {
            const result = variable(tokens, at)
            if (Either.isLeft(result)) return result
            // eslint-disable-next-line functional/immutable-data -- the list is made here
            found.push(result.right.value)
            if (!isText(tokenAt(tokens, result.right.next), ',')) return read(found, result.right.next)
            at = result.right.next + 1
          }
        }
  )

/* eslint-disable functional/immutable-data -- a program may have 100,000 equations: its names, slots and equations are
   gathered in lists and a map made here, of which copies for each equation would be quadratic */
/** The equations and results of a program, up to its closing brace. */
export const body =
  (program: Reader<Program>, inputs: readonly Input[]): Reader<Program> =>
  (tokens, index) => {
    const numbers = new Map(inputs.map((given, i) => [given.name.text, i]))
    const slots = inputs.map(({ slot }) => slot)
    const scope: Scope = { numbers, slots }
    const equations: Equation[] = []
    const equation = definition(program, scope)
    for (let at = index; ;) {
      const token = tokenAt(tokens, at)
      if (isText(token, 'return'))
        return map(results(scope), (outputs) => ({ inputs: inputs.map(({ slot }) => slot), equations, outputs }))(
          tokens,
          at
        )
      if (token.kind === 'end' || isText(token, '}'))
        return fail(token, `expected an equation, or 'return' and the results, got ${showToken(token)}`)
      const result = equation(tokens, at)
      if (Either.isLeft(result)) return result
      const { names, equation: found } = result.right.value
      names.forEach(({ text }, i) => numbers.set(text, slots.length + i))
      for (const output of found.outputs) slots.push(output)
      equations.push(found)
      at = result.right.next
    }
  }
/* eslint-enable functional/immutable-data */
