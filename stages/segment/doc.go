// Package segment cuts the text of one article into top-level sections,
// sentences, clauses and, on demand, words.
//
// Input: an article's body, verbatim. Output: a [Text], whose spans are byte
// offsets into its folded form and which is the only place where folded
// offsets become code points of the body. Equal bodies give equal results;
// nothing is logged and everything is safe for concurrent use.
//
// Non-goals: no figures, names or dates are read here, and the body is never
// changed or corrected.
package segment
