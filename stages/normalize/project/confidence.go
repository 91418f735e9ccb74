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

// headTraits are the traits that a kind of head takes part in, in the order of tellings and verbTraits.
type headTraits struct {
	head string
	told [len(tellings)]string
	verb [len(verbTraits)]string
}

var verbTraits = [...]string{"verb loose", "verb run", "verb firm"}

// traitsOf are those of each kind, evidenceTraits those of each sum: rows share their strings.
var (
	traitsOf = func() (all [len(kindNames)]*headTraits) {
		for k, name := range kindNames {
			t := &headTraits{head: "head " + name}
			for i, told := range tellings {
				t.told[i] = told + " " + t.head
			}
			for i, verb := range verbTraits {
				t.verb[i] = verb + " " + t.head
			}
			all[k] = t
		}
		return all
	}()
	evidenceTraits = func() (all [8]string) {
		for i := range all {
			all[i] = "evidence " + strconv.Itoa(i)
		}
		return all
	}()
)

// traits are what the confidence of a row is estimated from: how firm the verb is, what tells
// which undertaking is meant, how much evidence there is and what kind of name it has.
func (m *member) traits(q *phrase, p *piece, evidence int, told telling) []string {
	verb := 0
	switch {
	case q.force == build && q.rank > weakRank:
		verb = 2
	case q.force == run && q.rank > weakRank:
		verb = 1
	}
	head := traitsOf[m.kind]
	out := append(make([]string, 0, 9), verbTraits[verb], tellings[told], evidenceTrait(evidence), head.head, head.told[told], head.verb[verb])
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

// evidenceTrait is the trait of a sum of evidence, by whole units of the logit above accepted.
func evidenceTrait(evidence int) string {
	return evidenceTraits[max(0, min((evidence-accepted)/100, len(evidenceTraits)-1))]
}
