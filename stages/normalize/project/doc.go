// Package project reads the undertakings that a report plans.
//
// Input: a segmented text and the report year. Output: one Found per planned undertaking, in
// text order, with the row's content columns, the span of its own words and the rules that
// decided.
//
// The grammar has five steps, a file each: clause.go finds the governing verbs of a clause and
// their objects; list.go splits an object into the members of its enumeration and gives shared
// heads and tails back to them; member.go takes name, count, capacity, investment and owner from
// a member; judge.go weighs whether it is an undertaking at all; sector.go classifies it. What
// the steps know about words stands in data/, an example on every row.
//
// Non-goals: what a report says was done, aims without an undertaking (campaigns, policies,
// festivals, training, reforms), and linking rows of one project across reports.
package project
