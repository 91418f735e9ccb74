package project

import (
	_ "embed"
	"strconv"
)

// confidence.csv holds the weights that `make calibrate` fits on the annotated reports. A row
// is right when it is a planned undertaking of that status and period.
//
//go:embed confidence.csv
var confidenceCSV string

// traits are what the confidence of a row is estimated from: how firm the verb is, what tells
// which undertaking is meant, how much evidence there is and what kind of name it has.
func (m *member) traits(q *phrase, p *piece, evidence int) []string {
	verb := "verb loose"
	switch {
	case q.force == build && q.rank > weakRank:
		verb = "verb firm"
	case q.force == run && q.rank > weakRank:
		verb = "verb run"
	}
	told, head := "name "+m.told(), "head "+string(m.kind)
	out := []string{verb, told, "evidence " + strconv.Itoa(min(evidence, 99)/10*10), head, told + " " + head, verb + " " + head}
	switch n := runes(m.name); {
	case n <= 4:
		out = append(out, "short")
	case n >= 9:
		out = append(out, "long")
	}
	if m.built {
		out = append(out, "said built")
	}
	if p.listed {
		out = append(out, "listed")
	}
	return out
}

// penalty is higher than for indicators, as pairs of traits are traits, too.
const penalty = 6

// weakRank is the highest rank of verbs that are said of aims, too: 建设, 打造, 实施.
const weakRank = 4
