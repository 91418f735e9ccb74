package indicator

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"xianzhi/schemas/refdata"
	"xianzhi/stages/pattern"
	"xianzhi/stages/vocabulary"
)

// The rules of the language as data: each row of these files has an example that a test reads.
var (
	//go:embed predicates.csv
	predicatesCSV string
	//go:embed words.csv
	wordsCSV string
	//go:embed codes.csv
	codesCSV string
	//go:embed synonyms.csv
	synonymsCSV string
)

// effect is what a predicate between a subject and a number does to the number.
// Several together are a set.
type effect uint32

const (
	effLevel    effect = 1 << iota // 完成, 达到, 突破: the value itself
	effHold                        // 控制在, 保持在
	effTo                          // 增长到, 降至: the value after a change
	effUp                          // 增长, 提高: growth or change
	effDown                        // 下降, 压减: negative growth or change
	effAvg                         // 年均
	effRate                        // 增速: growth whatever follows
	effYoY                         // 同比, 较上年
	effShare                       // 占, 占比达
	effFrom                        // 由, 从
	effDist                        // 分别, 均, 各
	effRank                        // 位居, 排名
	effAim                         // 力争
	effFirm                        // 确保
	effExpected                    // 预计
	effAdverb                      // 再, 已, 累计: no effect of its own

	effNone effect = 0 // no predicate
)

// effectNames are the effects as predicates.csv writes them.
var effectNames = []string{"level", "hold", "to", "up", "down", "avg", "rate", "yoy", "share", "from", "dist", "rank", "aim", "firm", "expected", "adverb"}

func (e effect) String() string {
	if e == effNone {
		return "none"
	}
	return effectNames[bits.TrailingZeros32(uint32(e))]
}

// class is what a word of words.csv is good for.
type class int

const (
	clsOpener   class = iota // words before a subject: 其中, 力争
	clsScope                 // 全县, 我市: the whole region
	clsAction                // 新增, 建成: the verb of a count
	clsRelative              // 总投资, 开工率: said of what was named before
	clsLevel                 // 省级: a modifier that wants the noun named before
	clsQuantity              // 率, 额, 面积: a name that ends so needs no more
	clsNoun                  // 建成区, 建设用地: a noun that begins like a verb
	clsTailStop              // 全部, 竣工: the noun phrase behind a number ends here
	classes     = iota
)

// classNames are the classes as words.csv writes them.
var classNames = [classes]string{"opener", "scope", "action", "relative", "level_word", "quantity_noun", "noun", "tail_stop"}

// code is a row of codes.csv: how a catalogue indicator is named in reports.
type code struct {
	code, variant string
	dimensions    []string // of the units a level may have
	share         bool     // a share of a whole keeps the code
	flow          bool     // adds up over the years of a plan
	example       string
	name          string // in the catalogue, "" where the rows keep theirs
}

// predicate is a row of predicates.csv.
type predicate struct {
	effect   effect
	notAfter string // characters that make the word the end of another: 计 behind 设
}

type lexicon struct {
	predicates vocabulary.Words[predicate]
	words      [classes]vocabulary.Words[struct{}]
	codes      []*code
	codeNames  [2]*pattern.Set   // by the rows of codes.csv: of names without 占, and of all
	codeEnds   vocabulary.Filter // what a name that may be one of them ends in, as reports write it and unless 占 is said
	synonyms   *vocabulary.Replacer
	rewritten  vocabulary.Words[struct{}] // what plainName takes out or replaces
	names      vocabulary.Words[struct{}] // of the catalogue
}

func rows(name, data string, columns int) ([][]string, error) {
	r := csv.NewReader(strings.NewReader(data))
	r.FieldsPerRecord = columns
	all, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return all[1:], nil
}

func loadLexicon() (*lexicon, error) {
	l := &lexicon{}
	preds, err := rows("predicates.csv", predicatesCSV, 5)
	if err != nil {
		return nil, err
	}
	for _, r := range preds {
		e := slices.Index(effectNames, r[1])
		if e < 0 {
			return nil, fmt.Errorf("predicates.csv: %s: there is no effect %s", r[0], r[1])
		}
		l.predicates.Set(r[0], predicate{1 << e, r[2]})
	}
	words, err := rows("words.csv", wordsCSV, 3)
	if err != nil {
		return nil, err
	}
	for _, r := range words {
		c := slices.Index(classNames[:], r[1])
		if c < 0 {
			return nil, fmt.Errorf("words.csv: %s: there is no class %s", r[0], r[1])
		}
		l.words[c].Set(r[0], struct{}{})
	}
	codes, err := rows("codes.csv", codesCSV, 7)
	if err != nil {
		return nil, err
	}
	var names [2][]string
	for _, r := range codes {
		// What may end in anything behind 占 would have all names read to their beginning.
		closed := strings.ReplaceAll(r[1], "占.*", "占")
		if _, err := pattern.Ends(closed, &l.codeEnds); err != nil {
			return nil, fmt.Errorf("codes.csv: %w", err)
		}
		for i, name := range []string{closed, r[1]} {
			names[i] = append(names[i], "^(?:"+name+")$")
		}
		c := &code{code: r[0], dimensions: strings.Split(r[2], ";"), variant: r[3], share: r[4] == "yes", flow: r[5] == "yes", example: r[6]}
		if e, ok := refdata.Lookup(c.code); ok && !keepsName[c.code] {
			c.name = e.NameZH
		}
		l.codes = append(l.codes, c)
	}
	for i := range names {
		l.codeNames[i] = pattern.MustCompileSet(names[i]...)
	}
	syn, err := rows("synonyms.csv", synonymsCSV, 2)
	if err != nil {
		return nil, err
	}
	var pairs []string
	for _, r := range syn {
		pairs = append(pairs, r[0], r[1])
		l.codeEnds.Add(lastRune(r[0]))
		l.rewritten.Set(r[0], struct{}{})
	}
	for _, r := range leftOut {
		l.codeEnds.Add(r)
		l.rewritten.Set(string(r), struct{}{})
	}
	l.codeEnds.Add(')')
	l.rewritten.Set("(", struct{}{})
	for _, e := range refdata.Catalogue() {
		l.names.Set(e.NameZH, struct{}{})
	}
	l.synonyms = vocabulary.NewReplacer(pairs...)
	return l, nil
}

// mayBeCode reports whether a name ends as one of codes.csv may.
func (l *lexicon) mayBeCode(name string) bool {
	return l.codeEnds.May(lastRune(name)) || strings.Contains(name, "占")
}

// codesOf returns the rows of codes.csv whose names a plain name is.
func (l *lexicon) codesOf(plain string) []int {
	if strings.Contains(plain, "占") {
		return l.codeNames[1].Match(plain)
	}
	return l.codeNames[0].Match(plain)
}

// suffix returns the longest word of the class that ends s.
func (l *lexicon) suffix(c class, s string) string {
	w, _ := l.words[c].Suffix(s)
	return w
}

// prefix returns the longest word of the class that begins s.
func (l *lexicon) prefix(c class, s string) string { return s[:l.words[c].PrefixLen(s)] }

// predicate returns the longest predicate that ends s, and its effect.
func (l *lexicon) predicate(s string) (string, effect) {
	w, p := l.predicates.SuffixFunc(s, func(w string, p predicate) bool {
		return p.notAfter == "" || len(w) == len(s) || !strings.ContainsRune(p.notAfter, lastRune(s[:len(s)-len(w)]))
	})
	return w, p.effect
}

// effectOf returns the effect of a predicate.
func (l *lexicon) effectOf(w string) effect {
	p, _ := l.predicates.Get(w)
	return p.effect
}
