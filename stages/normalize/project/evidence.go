package project

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// evidence.csv holds what each trait of a member tells: the weights of a logistic regression that
// `make calibrate` fits on the annotated reports, in hundredths of the logit. A member is taken
// for a planned undertaking from the probability acceptedFrom on.
//
//go:embed evidence.csv
var evidenceCSV string

// acceptedFrom is the least probability at which F1 of the reports held back is hardly below its
// best: fresh reports use words that no list has, and lose more to recall than to precision.
const acceptedFrom = 0.38

// accepted is its logit, in hundredths, rounded.
var accepted = int(math.Round(100 * math.Log(acceptedFrom/(1-acceptedFrom))))

// impossible is less than any sum of weights.
const impossible = math.MinInt32

// trait is something about a member that speaks for or against its being a planned undertaking.
type trait int

const (
	ofAll trait = iota // holds of every member

	facilityHead // the name ends in a thing that is built
	worksHead    // … in a work done on a thing
	looseWorks   // … without a thing or a place that it is done to
	projectHead  // … in 项目 or 工程
	quantityHead
	vagueHead
	noneHead
	noHead

	buildVerb
	runVerb
	softVerb
	aimedSize // 打造 and a size

	saidProject    // 等项目 stands behind the list
	saidClassBuilt // 等 and a class of what is built
	saidClass      // 等 and another class, with 建设
	saidVague      // 等 and a class of what may be built
	saidOther      // 等 and something that is no undertaking: 等重点场所管控
	saidNone       // a building, but 等 and an aim: 等消费场景
	saidBuilt      // 建设, 项目 or 工程 closes the object

	meantToBe     // 打造…基地: mostly what a place wants to be known for
	measuredSize  // a length, an area, a number …
	measuredAim   // a size, but a verb of aims
	openMeasured  // no head, but a size and a verb of building
	kindOnly      // 产业项目
	namesNothing  // nothing but generic words
	namedProperly // at least two characters say which one
	ownerNamed

	isRelative
	bareWorks // 旧城改造, 环境治理

	ofCampaigns
	refusedClass  // 等 and a class of campaigns
	noSector      // 项目 or 工程 of no known kind: mostly campaigns
	noSectorNamed // … that opens with a name
	everywhere    // 推进矿山生态修复: done in many places
	plainThing    // 省级大数据产业园: dictionary words and a building
	plainWords    // no head and nothing but dictionary words: 等信息网络、生物医药项目
	ofAClass      // nothing says which one: 步行街, 美丽街区
	isTold        // the first of the tellings
)

// lateTraits are those that take longest to find: they come last, where they can still matter.
const lateTraits = ofCampaigns

const isLong = isTold + trait(len(tellings)) // the first of the lengths

const traitCount = isLong + 5

var traitNames = func() (all [traitCount]string) {
	copy(all[:], []string{
		"all", "head facility", "head works", "head loose works", "head project", "head quantity", "head vague", "head of aims", "head unknown",
		"verb of building", "verb of running", "verb of aims", "打造 of a size",
		"class of projects", "class of buildings", "class being built", "class vague", "class of others", "class of aims", "built",
		"base to be", "measured", "measured aim", "measured of unknown head", "kind only", "names nothing", "named", "owner",
		"relative", "bare works", "of campaigns", "class of campaigns", "sector unknown", "named of unknown sector", "everywhere", "building in plain words", "plain words", "of a class",
	})
	copy(all[isTold:], tellings[:])
	for i := isLong; i < traitCount; i++ {
		all[i] = "length " + strconv.Itoa(int(i-isLong))
	}
	return all
}()

// longest is the number of characters from which on longer names tell no more.
const longest = 12

// lengthOf is the trait of a name's length.
func lengthOf(name string) trait { return isLong + trait(min(runes(name), longest)/3) }

// evidence holds the weights.
type evidence struct {
	of    [traitCount]int
	heads map[string]int // by the word that a name ends in
	rules map[string]int // by the verb that governs

	head, late int                      // the most that a head and the traits asked late but the telling can add
	length     [traitCount - isLong]int // the most that a name up to a length can get for it
}

// prefixes of the traits that are words.
const (
	headWord = "word "
	ruleWord = "rule "
)

func loadEvidence(text string) (*evidence, error) {
	e := &evidence{heads: map[string]int{}, rules: map[string]int{}}
	at := make(map[string]trait, traitCount)
	for i, name := range traitNames {
		at[name] = trait(i)
	}
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = 2
	table, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("evidence.csv: %w", err)
	}
	for _, row := range table[min(1, len(table)):] {
		w, err := strconv.Atoi(row[1])
		if err != nil {
			return nil, fmt.Errorf("evidence.csv: the weight of %s: %w", row[0], err)
		}
		if word, ok := strings.CutPrefix(row[0], headWord); ok {
			e.heads[word] = w
			e.head = max(e.head, w)
		} else if word, ok := strings.CutPrefix(row[0], ruleWord); ok {
			e.rules[word] = w
		} else if t, ok := at[row[0]]; ok {
			e.of[t] = w
		} else {
			return nil, fmt.Errorf("evidence.csv: there is no trait %s; run make calibrate", row[0])
		}
	}
	for t := lateTraits; t < isTold; t++ {
		if t != plainThing {
			e.late += max(0, e.of[t])
		}
	}
	most := e.of[isLong]
	for i := range e.length {
		most = max(most, e.of[isLong+trait(i)])
		e.length[i] = most
	}
	return e, nil
}

// told is the most that can be got for what tells which undertaking is meant, with what goes with it:
// a building told in plain words is told by ordinary ones.
func (e *evidence) told(measured, named bool) int {
	most := max(e.of[isTold+trait(byOrdinary)]+max(0, e.of[plainThing]), e.of[isTold+trait(unclear)])
	if named {
		most = max(most, e.of[isTold+trait(byName)])
	}
	if measured {
		most = max(most, e.of[isTold+trait(byMeasure)])
	}
	return most
}

// judgement adds up evidence.
type judgement struct {
	*evidence
	sum  int
	keep bool // the traits, too
	seen []string
}

func (j *judgement) add(t trait) {
	j.sum += j.of[t]
	if j.keep {
		j.seen = append(j.seen, traitNames[t])
	}
}

func (j *judgement) addIf(holds bool, t trait) {
	if holds {
		j.add(t)
	}
}

// words adds what the head and the governing verb tell by themselves.
func (j *judgement) words(head string, q *phrase) {
	j.sum += q.weight
	if head != "" {
		j.sum += j.heads[head]
	}
	if j.keep {
		j.seen = append(j.seen, ruleWord+q.rule)
		if head != "" {
			j.seen = append(j.seen, headWord+head)
		}
	}
}

// most is at least as much evidence as weigh finds for a name of up to so many characters whose head
// is none, vague, a quantity or unknown, outside a frame that names projects.
func (l *lexicon) most(k kind, v force, q *phrase, closed bool, class string, length int, measured bool) int {
	e := l.evidence
	w := e.of[ofAll] + q.weight + e.late + e.told(measured, true) + e.length[min(length, longest)/3] + max(0, e.of[namedProperly], e.of[namesNothing], e.of[kindOnly]) + max(0, e.of[isRelative]) + max(0, e.of[ownerNamed])
	switch k {
	case vague:
		w += e.of[vagueHead] + max(0, e.of[meantToBe])
	case quantity:
		w += e.of[quantityHead] + max(0, e.of[aimedSize])
		if v == soft && strings.HasSuffix(q.rule, "打造") {
			v = run
		}
	case none:
		w += e.of[noneHead]
	default:
		w += e.of[noHead] + max(0, e.of[openMeasured])
	}
	if k != unknown {
		w += e.head
	}
	switch v {
	case build:
		w += e.of[buildVerb]
	case run:
		w += e.of[runVerb]
	default:
		w += e.of[softVerb]
	}
	if class != "" {
		switch c := l.ending(class, 0, len(class)); {
		case c.kind == projects:
			return math.MaxInt32
		case c.kind == none || k == none:
			return impossible
		}
		w += max(0, e.of[saidClassBuilt], e.of[saidClass], e.of[saidVague], e.of[saidOther])
	} else if k == none {
		return impossible
	}
	if closed {
		w += max(0, e.of[saidBuilt])
	}
	if measured {
		w += max(0, e.of[measuredSize], e.of[measuredAim])
	}
	return w
}

// weigh adds up the evidence that a member is a planned undertaking, or says that it is impossible
// for it to be enough: what takes long to find, the dictionary last of all, is asked only where it
// can still decide.
func (l *lexicon) weigh(j *judgement, m *member, p *piece, v force, q *phrase) int {
	rule, framed := q.rule, q.named
	if m.indefinite {
		return impossible // 一批
	}
	j.evidence = l.evidence
	j.add(ofAll)
	j.words(m.head, q)
	j.add(lengthOf(m.name))
	loose := false
	switch m.kind {
	case facility:
		j.add(facilityHead)
	case works:
		if l.merelyBetter(m.name) {
			return impossible
		}
		if loose = !l.anchored(m.name, m.head); !loose {
			j.add(worksHead)
		}
	case projects:
		j.add(projectHead)
	case quantity:
		j.add(quantityHead)
	case vague:
		j.add(vagueHead)
	case none:
		j.add(noneHead)
	default:
		if v == build && groundBroken.MatchString(rule) && nicknamed(m.name) {
			j.add(facilityHead)
			framed = true
		} else {
			j.add(noHead)
		}
		j.addIf(v == build && m.measured && !numeric(m.name) && !closesTime(m.name) && !strings.ContainsRune("至到", lastRune(m.name)), openMeasured)
	}
	class := p.class
	if p.counted {
		class = ""
	}
	if (m.kind == unknown || m.kind == none) && m.investment > 0 && p.attribute != "" {
		framed = true // 总投资3亿元的青云一体化
	}
	said := l.ending(class, 0, len(class))
	if p.tail != "" && sites.Has(said.head) {
		said.kind = facility
	}
	if m.kind == none && said.kind != projects && !framed {
		return impossible
	}
	n := l.specificBefore(m.name, m.head, m.headKind)
	if p.bundle >= 2 && m.count != p.bundle && n < 2 && !l.classy(l.bareClass(withoutCount(class))) {
		return impossible // a programme in outline: 公路、河道整治等17个项目
	}
	if m.count >= 100 && m.owner == "" && (m.kind == projects || m.kind == vague) && l.specific(withoutCount(m.name)) == 0 {
		if !l.ofSector(m.name) {
			return impossible // 300个产业项目: the year's works in general
		}
	}
	if m.kind == quantity && strings.HasPrefix(m.name, "“") || said.kind == none && (m.kind != facility || n < 2) {
		return impossible // the number in “万亩示范区” counts nothing
	}
	aimed := m.kind == quantity && m.measured && strings.HasSuffix(rule, "打造") // 全力打造美丽村庄20个
	switch {
	case v == build:
		j.add(buildVerb)
	case v == run, m.kind == works && m.measured && adding.MatchString(rule), aimed: // 新增造林6万亩
		j.add(runVerb)
	default:
		j.add(softVerb)
	}
	j.addIf(aimed, aimedSize)
	switch {
	case said.kind == none:
		j.add(saidNone)
	case strings.Contains(class[:said.end], "的"):
		j.add(saidOther)
	case said.kind == projects || framed:
		j.add(saidProject)
	case said.kind == facility || said.kind == works:
		j.add(saidClassBuilt)
	case said.cut && class != "":
		j.add(saidClass)
	case v != soft && (said.kind == vague || said.kind == quantity):
		j.add(saidVague)
	case class != "":
		j.add(saidOther)
	}
	j.addIf(m.closed && said.kind != projects, saidBuilt)
	j.addIf(rule == "打造" && m.kind == vague && class == "" && !m.built && !m.measured && strings.HasSuffix(m.name, "基地"), meantToBe)
	if m.measured {
		if v != soft || m.kind == works || adding.MatchString(rule) {
			j.add(measuredSize)
		} else {
			j.add(measuredAim)
		}
	}
	mere, manyLike := l.ofClass(m)
	switch {
	case n <= 1 && m.kind == projects && runes(m.name) <= 5:
		j.add(kindOnly)
	case n == 0 && (m.kind == projects || !m.measured) && m.owner == "":
		j.add(namesNothing)
	case n >= 2 && !mere:
		j.add(namedProperly)
	}
	j.addIf(m.owner != "" || l.opensFirm(m.name), ownerNamed)
	j.addIf(m.relative, isRelative)
	j.addIf(m.kind == works && n < 2 && !m.measured && class == "", bareWorks)
	ofClass := manyLike && !m.measured && m.owner == ""
	j.addIf(ofClass && mere, ofAClass)
	if j.hopeless(m, loose) {
		return impossible
	}
	if (sloganOpener.MatchString(m.name) || m.has&slogans != 0 && slogan.MatchString(m.name)) && !l.opensFirm(m.name) ||
		class != "" && manyWorks.MatchString(class) || m.has&trades != 0 && m.status != "complete" && wholeTrade.MatchString(m.name) || l.programme(m, rule) {
		return impossible
	}
	j.addIf(l.refuses(m), ofCampaigns)
	j.addIf(class != "" && l.refused.contains(class), refusedClass)
	ofNoSector := false
	if m.kind == projects && class == "" && !m.built {
		ofNoSector = !l.ofSector(m.name)
	}
	if j.hopeless(m, loose) {
		return impossible
	}
	if m.kind == quantity && !m.measured && m.owner == "" && m.plain() || said.kind == none && m.plain() {
		return impossible
	}
	switch {
	case loose && m.proper():
		j.add(worksHead)
	case loose:
		j.add(looseWorks)
	case ofNoSector && m.proper():
		j.add(noSectorNamed)
	case ofNoSector:
		j.add(noSector)
	}
	j.addIf(m.kind == works && v == run && (m.status == "continue" || m.status == "prelim") && !m.measured && class == "" && m.owner == "" &&
		!strings.ContainsAny(m.name, "县市区镇城") && withoutProject(m.name) == m.name && m.worksOnPlain() && !m.proper(), everywhere)
	j.addIf(m.kind == unknown && !(m.measured && v == build) && m.plain(), plainWords)
	j.addIf(m.kind == facility && !m.relative && !m.measured && m.owner == "" && p.tail == "" && m.ordinary(), plainThing)
	j.addIf(ofClass && !mere && m.ordinary(), ofAClass)
	j.add(isTold + trait(m.told()))
	return j.sum
}

// hopeless reports whether the traits that are asked last cannot make the sum enough.
func (j *judgement) hopeless(m *member, loose bool) bool {
	if j.keep {
		return false
	}
	sum := j.sum + j.late
	if loose {
		sum += max(j.of[worksHead], j.of[looseWorks])
	}
	return sum+j.told(m.measured, true) < accepted || m.owner == "" && sum+j.told(m.measured, false) < accepted && m.known()
}
