package project

import (
	_ "embed"
	"strconv"

	"xianzhi/stages/normalize/confidence"
)

// confidence.csv holds the weights that `make calibrate` fits on the annotated reports. A row
// is right when it is a planned undertaking of that status and period.
//
//go:embed confidence.csv
var confidenceCSV string

// The traits of a row by number: a verb's firmness, a telling, a sum of evidence, a kind of head, each kind with each
// telling and firmness, and the rest.
const (
	ofVerb      = 0
	ofTelling   = ofVerb + 3
	ofEvidence  = ofTelling + len(tellings)
	ofHead      = ofEvidence + 8
	headTelling = ofHead + len(kindNames)
	headVerb    = headTelling + len(kindNames)*len(tellings)
	ofLength    = headVerb + len(kindNames)*(ofTelling-ofVerb)
	saidToBuild = ofLength + 2
	ofList      = saidToBuild + 1
	rowTraits   = ofList + 1
)

var rowTraitNames = func() (all [rowTraits]string) {
	verbs := all[ofVerb:ofTelling]
	copy(verbs, []string{"verb loose", "verb run", "verb firm"})
	copy(all[ofTelling:], tellings[:])
	for i := range ofHead - ofEvidence {
		all[ofEvidence+i] = "evidence " + strconv.Itoa(i)
	}
	for k, name := range kindNames {
		head := "head " + name
		all[ofHead+k] = head
		for i, told := range tellings {
			all[headTelling+k*len(tellings)+i] = told + " " + head
		}
		for i, verb := range verbs {
			all[headVerb+k*len(verbs)+i] = verb + " " + head
		}
	}
	copy(all[ofLength:], []string{"short", "long", "said built", "listed"})
	return all
}()

// traits are the numbers of a row's.
type traits struct {
	all [9]uint8
	n   int
}

func (t *traits) add(number int) {
	t.all[t.n] = uint8(number)
	t.n++
}

func (t *traits) names() []string {
	out := make([]string, t.n)
	for i, number := range t.all[:t.n] {
		out[i] = rowTraitNames[number]
	}
	return out
}

// traits are what the confidence of a row is estimated from: how firm the verb is, what tells
// which undertaking is meant, how much evidence there is and what kind of name it has.
func (m *member) traits(q *phrase, p *piece, evidence int) (t traits) {
	verb := 0
	switch {
	case q.force == build && q.rank > weakRank:
		verb = 2
	case q.force == run && q.rank > weakRank:
		verb = 1
	}
	told, k := int(m.told()), int(m.kind)
	t.add(ofVerb + verb)
	t.add(ofTelling + told)
	t.add(ofEvidence + max(0, min((evidence-accepted)/100, ofHead-ofEvidence-1))) // by whole units of the logit
	t.add(ofHead + k)
	t.add(headTelling + k*len(tellings) + told)
	t.add(headVerb + k*(ofTelling-ofVerb) + verb)
	switch n := runes(m.name); {
	case n <= 4:
		t.add(ofLength)
	case n >= 9:
		t.add(ofLength + 1)
	}
	if m.built {
		t.add(saidToBuild)
	}
	if p.listed {
		t.add(ofList)
	}
	return t
}

// certainty is the model of confidence, its weights by the numbers of traits.
type certainty struct {
	confidence.Model
	of [rowTraits]float64
}

func loadCertainty() (c certainty, err error) {
	c.Model, err = confidence.Parse("confidence.csv", confidenceCSV)
	for i, name := range rowTraitNames {
		c.of[i] = c.Weights[name]
	}
	return c, err
}

func (c *certainty) confidence(t *traits) float64 {
	score := c.Bias()
	for _, number := range t.all[:t.n] {
		score += c.of[number]
	}
	return c.ConfidenceAt(score)
}

// weakRank is the highest rank of verbs that are said of aims, too: 建设, 打造, 实施.
const weakRank = 4

// penalty is higher than for indicators, as pairs of traits are traits, too.
const penalty = 6
