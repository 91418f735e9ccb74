// Package pattern matches regular expressions against Chinese text, with the syntax and the results
// of package regexp but many times as fast: the rules of a report are hundreds of expressions that
// mostly match nowhere, which a deterministic automaton finds out in one step per character.
//
// Input: an expression and a text. Output: what the method of the same name of regexp.Regexp gives.
// The automata are built while they run, state by state, and are bounded in size; only where one
// has found a match does a backtracker look for the groups inside it. Everything is safe for
// concurrent use.
//
// A Set reads a text once for many expressions and tells which of them match.
//
// Non-goals: \b, \B and the flag m, which no rule needs and Compile refuses.
package pattern
