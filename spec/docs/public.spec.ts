/**
 * Everything public is documented in the form of the house.
 */
import { describe, expect, it } from 'vitest'
import { publicNames, type PublicName } from './public.ts'

const names = publicNames()

const show = ({ place, name }: PublicName): string => `${place} ${name}`

const lacking = (lacks: (one: PublicName) => boolean): readonly string[] => [...new Set(names.filter(lacks).map(show))]

describe('everything that a module exports', () => {
  it('is found', () => {
    expect(names.length).toBeGreaterThan(300)
    expect(names.filter(({ isFunction }) => isFunction).length).toBeGreaterThan(250)
    expect(names.filter(({ name }) => name === 'default')).toEqual([])
  })

  it('has a docstring', () => {
    expect(lacking(({ text }) => text === '')).toEqual([])
  })

  it('says in its first paragraph what it is, in sentences', () => {
    expect(
      lacking(({ text }) => text !== '' && !/^[^\n][\s\S]*?[.:)]$/.test(text.split(/\n\s*\n/)[0]?.trim() ?? ''))
    ).toEqual([])
  })

  it('has a category', () => {
    expect(lacking(({ tags }) => (tags.get('category') ?? '') === '')).toEqual([])
  })

  it('says since when it exists', () => {
    expect(lacking(({ tags }) => !/^\d+\.\d+\.\d+$/.test(tags.get('since') ?? ''))).toEqual([])
  })

  it('has an example if it is a function', () => {
    expect(lacking(({ isFunction, tags }) => isFunction && (tags.get('example') ?? '') === '')).toEqual([])
  })

  it('is no internal name', () => {
    expect(lacking(({ tags }) => tags.has('internal'))).toEqual([])
  })
})
