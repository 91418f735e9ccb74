package project

import (
	"bufio"
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"xianzhi/schemas/refdata"
	"xianzhi/stages/normalize/unit"
	"xianzhi/stages/segment"
	"xianzhi/stages/vocabulary"
)

//go:embed data
var data embed.FS

// words maps words to what is known of them and finds the longest at a text's beginning or end.
type words[T any] struct{ vocabulary.Words[T] }

func (w *words[T]) add(word string, v T) { w.Set(word, v) }

func (w *words[T]) prefix(s string) (word string, v T) { return w.Prefix(s) }

func (w *words[T]) suffix(s string) (word string, v T) { return w.Suffix(s) }

// contains reports whether any of the words stands in s.
func (w *words[T]) contains(s string) bool { return w.In(s) }

// force is what a governing verb says about its object.
type force uint8

const (
	build force = iota + 1 // a work is put up
	run                    // an undertaking is carried on
	soft                   // also said of policies and aims
)

// place is where in a clause a verb can stand.
type place uint8

const (
	anywhere place = iota + 1 // may follow a subject or a place
	leading                   // opens a clause or a member only
	trailing                  // closes the clause
	kept                      // opens it and belongs to the name
)

type verb struct {
	status string
	rank   int
	force  force
	place  place
	longer bool // a word that tells sectors begins with it: 开发区
	yields bool // its status gives way to that of a verb that governs: 推动…落地
}

// kind is what the word that a name ends in says about it.
type kind uint8

const (
	unknown kind = iota
	facility
	works
	projects
	quantity
	vague
	none
)

// bodyKind is what the end of a body's name says of it.
type bodyKind uint8

const (
	firm  bodyKind = iota + 1 // ends names of firms alone: 药业
	trade                     // says a trade as well: 食品
	maker                     // is said of firms behind whatever is no place's name or plain word: 科技
	hospital
	school
	academy // 研究院
)

// What the tables call them.
var (
	forces     = [...]string{build: "build", run: "run", soft: "soft"}
	placeNames = [...]string{anywhere: "any", leading: "lead", trailing: "tail", kept: "keep"}
	kindNames  = [...]string{facility: "facility", works: "works", projects: "project", quantity: "quantity", vague: "soft", none: "none"}
	bodyKinds  = [...]string{firm: "firm", trade: "trade", maker: "maker", hospital: "hospital", school: "school", academy: "academy"}
)

// numbered returns the number of a name that a table gives, which is at least 1.
func numbered[T ~uint8](names []string, name string) (T, error) {
	if i := slices.Index(names, name); i > 0 && name != "" {
		return T(i), nil
	}
	return 0, fmt.Errorf("%q is none of %q", name, names[1:])
}

// sector is what a word says of a name's sector, by its number in sectorNames, and how strongly; 0 is
// not at all.
type sector struct{ number, weight uint8 }

// sectorWord is a word that tells sectors: the strongest in a name and at its end.
type sectorWord struct {
	inside, atEnd sector
	mute          bool // of a place or another word that only looks as if it told: 酒泉
}

func (w *sectorWord) add(s sector, atEnd bool) {
	w.mute = w.mute || s.weight == 0
	if !atEnd && s.weight > w.inside.weight {
		w.inside = s
	}
	if s.weight > w.atEnd.weight {
		w.atEnd = s
	}
}

type lexicon struct {
	verbs    words[verb]
	adverbs  words[struct{}]
	heads    words[kind]
	sectors  words[sectorWord]
	generic  words[struct{}]                // modifiers that name nothing: 重点, 农村
	refused  words[struct{}]                // words of campaigns and aims, anywhere in a name
	tails    words[struct{}]                // what closes an object without belonging to it: 建设, 工作
	bodies   words[bodyKind]                // the ends of enterprise and body names: 公司, 药业
	firms    words[struct{}]                // enterprises that the whole country knows
	brands   words[struct{}]                // others, whose names may also be a village's or a street's
	liked    map[sureness]*vocabulary.Runes // characters that firms like in their names
	places   words[struct{}]                // the names of divisions, with and without 市, 县 …, and of countries
	classes  words[struct{}]                // things that there are many of: one needs a name, or a number
	many     words[struct{}]                // others, which only links between reports count to these
	abstract words[struct{}]                // what no 工程 can put up: 消费, 外贸
	units    *unit.Table
	kinds    charTable
	closers  words[closer]
	openers  words[closer] // the verbs and adverbs
	says     predicates

	allVerbs    []verb
	sectorNames []string

	evidence  *evidence
	certainty certainty
}

func loadLexicon() (*lexicon, error) {
	units, err := unit.Load()
	if err != nil {
		return nil, err
	}
	l := &lexicon{units: units, kinds: *kindsOf, liked: map[sureness]*vocabulary.Runes{}}
	if l.evidence, err = loadEvidence(evidenceCSV); err != nil {
		return nil, err
	}
	if l.certainty, err = loadCertainty(); err != nil {
		return nil, err
	}
	err = errors.Join(
		readRows("verbs.csv", 6, func(r []string) error {
			rank, noRank := strconv.Atoi(r[2])
			f, noForce := numbered[force](forces[:], r[3])
			p, noPlace := numbered[place](placeNames[:], r[4])
			status, yields := strings.CutSuffix(r[1], "?")
			l.addVerb(r[0], verb{status: status, rank: rank, force: f, place: p, yields: yields})
			return errors.Join(noRank, noForce, noPlace)
		}),
		readRows("heads.csv", 3, func(r []string) error {
			k, err := numbered[kind](kindNames[:], r[1])
			l.addHead(r[0], k)
			return err
		}),
		readRows("sectors.csv", 4, func(r []string) error {
			weight, err := strconv.ParseUint(r[2], 10, 8)
			word, atEnd := strings.CutSuffix(r[0], "$")
			known, _ := l.sectors.Get(word)
			known.add(sector{l.sectorNumber(r[1]), uint8(weight)}, atEnd)
			l.sectors.add(word, known)
			for i := range word {
				if c, ok := l.openers.Get(word[:i]); ok && c.verb > 0 {
					l.allVerbs[c.verb-1].longer = true
				}
			}
			return err
		}),
		readRows("predicates.csv", 6, l.says.read),
		l.says.load(),
		readRows("refused.csv", 2, func(r []string) error { l.refused.add(r[0], struct{}{}); return nil }),
		readRows("bodies.csv", 3, func(r []string) error {
			k, err := numbered[bodyKind](bodyKinds[:], r[1])
			l.bodies.add(r[0], k)
			if k >= hospital {
				l.kinds.add(learned, string(lastRune(r[0])))
			}
			return err
		}),
		readRows("liked.csv", 3, func(r []string) error {
			s := map[string]sureness{"hinted": hinted, "mild": mild}[r[0]]
			if s == unlike {
				return errors.New("it is no sureness")
			}
			l.liked[s] = vocabulary.RunesOf(r[1])
			return nil
		}),
		readWords("firms.txt", &l.firms, nil),
		readWords("brands.txt", &l.brands, nil),
		readWords("adverbs.txt", &l.adverbs, l.addAdverb),
		readWords("generic.txt", &l.generic, nil),
		readWords("tails.txt", &l.tails, func(word string) { addTo(&l.closers, word, func(c *closer) { c.tail = true }) }),
		readWords("classes.txt", &l.classes, nil),
		readWords("many.txt", &l.many, nil),
		readWords("abstract.txt", &l.abstract, nil),
		readWords("countries.txt", &l.places, nil),
	)
	if err != nil {
		return nil, fmt.Errorf("the data of package project: %w", err)
	}
	for r := range l.kinds {
		if l.verbs.Closes(rune(r)) || l.tails.Closes(rune(r)) {
			l.kinds[r] |= ends
		}
		if l.sectors.Opens(rune(r)) {
			l.kinds[r] |= sectorial
		}
		if l.verbs.Opens(rune(r)) {
			l.kinds[r] |= verbal
		}
		if l.adverbs.Opens(rune(r)) {
			l.kinds[r] |= adverbial
		}
		if l.kinds[r]&opening != 0 {
			l.kinds[r] |= opens
		}
	}
	for _, d := range refdata.Divisions().All() {
		for _, name := range []string{d.Name, d.ShortName} {
			if runes(name) > 1 && (d.To == 0 || d.To > 2000) { // of old names some are plain words
				l.places.add(name, struct{}{})
			}
		}
	}
	return l, nil
}

// sectorNumber is the number of a sector's name.
func (l *lexicon) sectorNumber(name string) uint8 {
	n := slices.Index(l.sectorNames, name)
	if n < 0 {
		n = len(l.sectorNames)
		l.sectorNames = append(l.sectorNames, name)
	}
	return uint8(n)
}

// readRows hands over the rows of an embedded table, whose first is its head and whose lines
// beginning with # are remarks.
func readRows(file string, columns int, do func([]string) error) error {
	f, err := data.Open("data/" + file)
	if err != nil {
		return err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment, r.FieldsPerRecord = '#', columns
	rows, err := r.ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if len(rows) < 2 {
		return fmt.Errorf("%s holds no rows", file)
	}
	for _, row := range rows[1:] {
		if err := do(row); err != nil {
			return fmt.Errorf("%s: %s: %w", file, row[0], err)
		}
	}
	return nil
}

// readWords takes the words of an embedded list and hands each over, if do is not nil.
func readWords(file string, into *words[struct{}], do func(word string)) error {
	b, err := fs.ReadFile(data, "data/"+file)
	if err != nil {
		return err
	}
	for sc := bufio.NewScanner(strings.NewReader(string(b))); sc.Scan(); {
		if w := strings.TrimSpace(sc.Text()); w != "" && !strings.HasPrefix(w, "#") {
			into.add(w, struct{}{})
			if do != nil {
				do(w)
			}
		}
	}
	return nil
}

func runes(s string) int { return segment.Runes(s) }
