import { describe, expect, it } from 'vitest'
import { Register } from '../src/model/register.ts'

describe('a register', () => {
  it('holds only what the last acknowledged write says', () => {
    const register = new Register('a')
    register.acknowledge(register.begin('b'))
    expect(register.allowed()).toEqual(['b'])
  })

  it('may hold either value after a write of unknown outcome', () => {
    const register = new Register('a')
    register.leave(register.begin('b'))
    expect(register.allowed()).toEqual(['a', 'b'])
  })

  it('forgets a write of unknown outcome once a later one is acknowledged', () => {
    const register = new Register('a')
    register.leave(register.begin('b'))
    register.acknowledge(register.begin('c'))
    expect(register.allowed()).toEqual(['c'])
  })

  it('may hold either of two acknowledged writes that ran at once', () => {
    const register = new Register('a')
    const [one, two] = [register.begin('b'), register.begin('c')]
    register.acknowledge(one)
    register.acknowledge(two)
    expect(register.allowed()).toEqual(['b', 'c'])
  })

  it('never holds what was refused', () => {
    const register = new Register('a')
    register.refuse(register.begin('b'))
    expect(register.allowed()).toEqual(['a'])
  })
})
