// Package project reads the undertakings that a report plans.
//
// Input: a segmented text and the report year. Output: one Found per planned undertaking, in
// text order, with the row's content columns and the span of its own words.
//
// The grammar, a file each: clause.go finds the governing verbs of a clause and their objects;
// list.go splits an object into the members of its enumeration, share.go gives shared tails back
// to them, ending.go and predicate.go find what closes them; member.go and amount.go take name, count,
// capacity and investment from a member; owner.go reads the body that the words around a member speak
// of, enterprise.go the one that its own words begin with, brand.go tells what looks like a firm's name,
// wording.go what the dictionary says of a stretch; evidence.go weighs whether it is an undertaking at
// all, judge.go refuses what is none and names the sector, confidence.go estimates how sure that is.
// passage.go puts them together sentence by sentence; core.go tells what two mentions of one undertaking have in common. What they know about
// words stands in data/: an empty example in heads.csv stands for 青云 and the word.
//
// Non-goals: what a report says was done, aims without an undertaking (campaigns, policies,
// festivals, training, reforms), and linking the mentions of one undertaking (normalize within a
// report, pipeline across reports).
package project
